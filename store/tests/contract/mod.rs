//! What every database behind the store must do. Each rule takes a store that is fresh and empty.
//!
//! A database joins with a test file of its own: `mod contract;`, a function that opens a fresh store, and
//! `contract::suite!(that_function);`.

pub mod closing;
pub mod counters;
pub mod dates;
pub mod deleting;
pub mod exactly_once;
pub mod exporting;
pub mod following;
pub mod importing;
pub mod model;
pub mod paging;
pub mod permalink;
pub mod reading;
pub mod scene;
pub mod searching;
pub mod shapes;
pub mod writing;

/// Makes one test of each rule. `$fresh` is an async function that returns a guard and the store; the guard is dropped last.
macro_rules! suite {
    ($fresh:path) => {
        $crate::contract::suite! { @ $fresh;
            closing: a_closed_thread_refuses_comments_until_it_is_opened, closing_a_page_nobody_wrote_under_begins_its_thread;
            counters: counters_and_listings_agree_with_the_records_after_random_writes;
            dates: a_slice_that_begins_at_a_comment_goes_both_ways_to_every_other,
                a_slice_that_begins_between_or_beyond_comments_leads_to_them, a_slice_from_the_beginning_has_nothing_before_it;
            deleting: a_deleted_comment_without_replies_is_gone, a_deleted_comment_with_replies_stays_as_a_placeholder,
                placeholders_go_with_their_last_reply, deleting_erases_what_was_written_and_who_wrote_it,
                a_repeated_post_of_a_deleted_comment_does_not_hand_its_text_out_again, a_deleted_comment_cannot_be_changed;
            exactly_once: the_same_request_again_answers_with_the_first_result, the_same_request_id_for_another_write_is_refused,
                one_request_sent_many_times_at_once_happens_once, a_forgotten_request_id_is_free_again,
                thirty_two_writers_at_once_lose_nothing, a_refused_write_leaves_no_trace;
            exporting: export_import_export_is_the_same, an_export_in_small_steps_is_the_same_as_in_one,
                a_device_goes_on_owning_its_comments_after_a_move;
            following: every_write_is_one_entry_of_the_log, the_log_shows_a_comment_as_others_see_it_now,
                whoever_follows_from_a_slice_misses_nothing, entries_stand_in_the_order_of_writing_although_the_clock_goes_back,
                a_log_is_told_in_parts_and_says_where_it_was_cut, a_page_nobody_wrote_under_has_an_empty_log;
            importing: an_import_repeated_changes_nothing, replies_deeper_than_the_limit_move_up_and_say_whom_they_answer,
                a_reply_without_its_parent_is_refused_with_its_whole_batch, records_that_cannot_be_are_refused,
                what_a_moderator_holds_back_is_not_listed_nor_anything_below_it, a_deleted_parent_is_listed_with_its_first_listed_reply,
                one_export_fits_into_two_sites;
            paging: every_comment_is_reached_once_in_every_sort, a_thread_within_the_limit_comes_whole,
                a_slice_never_holds_more_than_its_limit, what_is_left_out_is_counted, deep_threads_and_long_threads_share_the_slice,
                cursors_that_this_listing_did_not_give_are_refused;
            permalink: a_permalink_brings_ancestors_neighbours_and_first_replies, a_permalink_of_the_deepest_reply_holds_its_whole_line,
                neighbours_of_a_root_follow_the_sort, a_permalink_to_what_is_not_listed_here_is_none;
            reading: a_page_nobody_wrote_under_is_an_empty_slice, replies_stand_below_their_parents_oldest_first,
                roots_follow_the_sort, counts_come_in_the_order_asked, a_branch_is_what_stands_below_one_comment,
                sites_are_kept_apart, sites_are_found_and_listed;
            searching: what_is_looked_for_is_found_in_names_and_bodies_newest_first, the_last_word_is_a_beginning_while_it_is_typed,
                words_are_found_in_any_script_whatever_their_marks_and_case, a_changed_or_deleted_comment_is_found_as_it_is_now,
                a_refused_write_is_not_found, what_a_moderator_holds_back_is_not_found,
                threads_and_sites_are_searched_apart_even_where_ids_are_the_same, results_go_on_where_they_stopped,
                a_cursor_that_no_search_here_gave_is_refused, operators_are_words;
            writing: what_was_written_reads_back, the_author_is_the_device_whatever_the_name, an_edit_replaces_the_body,
                only_the_author_may_change_a_comment, the_time_to_change_ends, a_reply_needs_a_parent_on_the_same_page,
                a_reply_below_the_deepest_attaches_beside_it, comments_stay_in_the_order_of_writing_although_the_clock_goes_back,
                the_page_keeps_its_first_address_and_latest_title,
                a_change_is_reported_for_every_write;
        }
    };
    (@ $fresh:path; $($module:ident: $($rule:ident),+;)+) => {
        $(mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                let (_guard, store) = $fresh().await;
                $crate::contract::$module::$rule(&*store).await;
                store.close().await;
            })+
        })+
    };
}
pub(crate) use suite;
