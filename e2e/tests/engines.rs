//! The core of the stories and all hostile pages once more, in the other two engines.

use afterword_e2e::Engine;
use anyhow::Result;

macro_rules! play_in {
    ($engine:ident: $($($module:ident)::+ / $story:ident,)*) => {
        $(
            #[test]
            fn $story() -> super::Result<()> {
                super::Engine::$engine.play(crate::$($module::)+$story)
            }
        )*
    };
}

macro_rules! in_both {
    ($($stories:tt)*) => {
        mod in_firefox {
            play_in! { Firefox: $($stories)* }
        }
        mod in_webkit {
            play_in! { WebKit: $($stories)* }
        }
    };
}

in_both! {
    accessibility / axe_finds_nothing_in_dark_with_forms_open,
    accessibility / axe_finds_nothing_in_light_with_forms_open,
    accessibility / axe_finds_nothing_in_what_the_server_painted,
    accessibility / axe_finds_nothing_on_an_arabic_phone,
    axe_states / axe_finds_nothing_in_a_closed_thread,
    axe_states / axe_finds_nothing_in_a_collapsed_branch_nor_in_a_marked_comment,
    axe_states / axe_finds_nothing_in_a_long_thread_with_more_to_come,
    axe_states / axe_finds_nothing_in_an_empty_thread,
    axe_states / axe_finds_nothing_in_any_state_of_a_form,
    axe_states / axe_finds_nothing_in_any_state_of_a_form_in_the_dark,
    axe_states / axe_finds_nothing_in_any_state_of_a_form_on_an_arabic_phone,
    axe_states / axe_finds_nothing_in_comments_that_are_not_sent,
    axe_states / axe_finds_nothing_in_what_was_found_nor_in_news,
    axe_states / axe_finds_nothing_in_what_was_found_nor_in_news_on_a_dark_arabic_phone,
    axe_states / axe_finds_nothing_where_the_comments_could_not_be_loaded,
    before_the_wasm / a_reply_form_opens_at_once_and_what_is_typed_in_it_is_posted_as_a_reply,
    before_the_wasm / text_selection_and_focus_are_carried_over_when_the_widget_takes_over,
    drafts / an_unsent_comment_is_there_again_after_a_reload,
    editing / a_deleted_comment_with_replies_stays_as_a_placeholder,
    editing / an_edited_comment_shows_its_new_text_to_everybody,
    embedding / a_page_with_a_strict_style_policy_gets_its_thread_in_full,
    framed / messages_without_the_nonce_of_the_frame_change_nothing,
    hostile::fault / a_trap_in_the_wasm_is_said_keeps_the_draft_and_leaves_the_page_alone,
    hostile::guest / after_destroy_the_page_is_as_it_was_before_mount,
    hostile::names / a_naughty_name_leaves_its_neighbours_text_and_geometry_as_they_were,
    hostile::policies / a_nonce_and_strict_dynamic_are_enough_and_nothing_is_refused,
    hostile::policies / the_documented_lines_are_enough_and_nothing_is_refused,
    hostile::policies / where_nothing_may_be_fetched_a_link_leads_on,
    hostile::policies / where_trusted_types_are_required_and_no_frame_is_allowed_a_link_leads_on,
    hostile::policies / where_trusted_types_are_required_the_thread_stands_in_a_frame,
    hostile::policies / without_leave_to_compile_or_to_frame_the_thread_can_be_read_and_a_link_leads_on,
    hostile::policies / without_leave_to_compile_the_thread_stands_in_a_frame,
    hostile::sandbox / in_a_sandbox_the_thread_is_read_and_says_why_nothing_can_be_posted,
    hostile::scripts / a_node_removed_and_put_back_while_live_goes_on_with_what_was_typed,
    hostile::scripts / a_script_tag_named_three_times_is_three_threads_and_no_error,
    hostile::scripts / clobbered_names_change_nothing,
    hostile::scripts / patched_functions_change_nothing_and_see_no_token_in_what_they_are_shown,
    hostile::styles / no_war_of_styles_changes_a_pixel_of_the_thread,
    hostile::wasm / wasm_of_a_wrong_type_leaves_a_thread_to_read_and_a_way_on,
    hostile::wasm / wasm_that_is_cut_off_leaves_a_thread_to_read_and_a_way_on,
    hostile::wasm / wasm_that_is_not_found_leaves_a_thread_to_read_and_a_way_on,
    hostile::wasm / wasm_that_stalls_leaves_a_thread_to_read_and_a_way_on,
    mounting / a_page_fills_in_how_its_reader_signs_and_has_them_forgotten,
    permalink / a_permalink_to_a_comment_that_is_not_loaded_loads_it,
    posting / a_posted_comment_is_there_after_a_reload_with_its_author_and_markdown,
    posting / control_and_enter_send_a_comment,
    posting / replies_go_five_levels_deep_each_under_the_one_it_answers,
    reading / the_widget_shows_exactly_what_the_server_painted,
    right_to_left / an_arabic_thread_runs_from_right_to_left_before_and_after_the_wasm,
    right_to_left / names_and_bodies_keep_their_own_direction,
    trouble / a_comment_sent_while_the_server_is_away_is_posted_exactly_once,
    trouble / a_server_out_of_reach_is_said_and_retry_brings_the_thread,
    unseen / what_came_since_the_last_visit_is_marked_counted_and_gone_through_by_a_key,
}

/// What WebKit's driver cannot do: it answers nothing on a page that has added to `Object.prototype`, and types into no frame of
/// another origin. Why the layers are not compared there stands with them.
mod in_firefox_only {
    play_in! {
        Firefox:
        axe_states / axe_finds_nothing_in_the_thread_as_a_document_of_its_own,
        framed / a_handle_commands_theme_reader_and_place_in_a_frame,
        framed / what_is_posted_in_a_frame_is_told_to_the_page,
        hostile::policies / the_documented_lines_for_a_frame_are_enough_and_nothing_is_refused,
        hostile::styles / no_war_of_layers_changes_a_pixel_of_the_thread,
        hostile::scripts / polluted_prototypes_change_nothing,
    }
}
