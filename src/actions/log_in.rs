//! The page says who its reader is, or that they have left.

use super::Thread;
use crate::browser::{adopt, form_fields};
use crate::state::{FormText, ThreadState};
use afterword_wire::AuthorFields;
use leptos::prelude::*;

/// Fills in how the reader signs, in every form and for the next ones. It proves nothing: the server hears no more than if the
/// reader had typed it. No name stands for nobody: then it is forgotten who the reader was, the device secret included, so that
/// whoever comes next changes nothing of theirs. Drafts, and comments that wait to be sent, stay.
pub fn log_in(thread: Thread, fields: AuthorFields) {
    let is_nobody = fields.name.is_empty();
    if is_nobody {
        thread.storage().remove("viewer");
        thread.change(ThreadState::forget_viewer);
    } else {
        let mut viewer = thread.state.with_untracked(|state| state.viewer.clone());
        viewer.fields = fields.clone();
        thread.remember_viewer(viewer);
    }
    let text = FormText { body: String::new(), fields };
    for form in thread.element().into_iter().flat_map(|element| adopt::each(&element, "form")) {
        if is_nobody {
            form_fields::clear_signature(&form);
        } else {
            form_fields::write(&form, &text);
        }
    }
}
