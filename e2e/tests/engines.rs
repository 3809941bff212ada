//! The core of the stories once more, in the other two engines.

use afterword_e2e::Engine;
use anyhow::Result;

macro_rules! in_other_engines {
    ($($($module:ident)::+ / $story:ident,)*) => {
        mod in_firefox {
            $(
                #[test]
                fn $story() -> super::Result<()> {
                    super::Engine::Firefox.play(crate::$($module::)+$story)
                }
            )*
        }
        mod in_webkit {
            $(
                #[test]
                fn $story() -> super::Result<()> {
                    super::Engine::WebKit.play(crate::$($module::)+$story)
                }
            )*
        }
    };
}

in_other_engines! {
    accessibility / axe_finds_nothing_in_light_with_forms_open,
    before_the_wasm / a_reply_form_opens_at_once_and_what_is_typed_in_it_is_posted_as_a_reply,
    before_the_wasm / text_selection_and_focus_are_carried_over_when_the_widget_takes_over,
    drafts / an_unsent_comment_is_there_again_after_a_reload,
    editing / a_deleted_comment_with_replies_stays_as_a_placeholder,
    editing / an_edited_comment_shows_its_new_text_to_everybody,
    embedding / a_page_with_a_strict_style_policy_gets_its_thread_in_full,
    hostile::names / a_naughty_name_leaves_its_neighbours_text_and_geometry_as_they_were,
    hostile::styles / no_war_of_styles_changes_a_pixel_of_the_thread,
    permalink / a_permalink_to_a_comment_that_is_not_loaded_loads_it,
    posting / a_posted_comment_is_there_after_a_reload_with_its_author_and_markdown,
    posting / control_and_enter_send_a_comment,
    posting / replies_go_five_levels_deep_each_under_the_one_it_answers,
    reading / the_widget_shows_exactly_what_the_server_painted,
    right_to_left / an_arabic_thread_runs_from_right_to_left_before_and_after_the_wasm,
    right_to_left / names_and_bodies_keep_their_own_direction,
    trouble / a_comment_sent_while_the_server_is_away_is_posted_exactly_once,
    trouble / a_server_out_of_reach_is_said_and_retry_brings_the_thread,
}
