//! Why a form was not taken, said where its reader can mend it.

use crate::failure::Failure;
use afterword_widget::actions::{explain_error, explain_fault};
use afterword_widget::paint::{Purpose, Trouble};
use afterword_widget::state::{FormKey, FormText, check_form};
use afterword_widget::text::Lang;
use afterword_wire::ErrorCode;

/// What is wrong with a form before anything is asked of the store; `None` when nothing is.
pub fn trouble_with(lang: Lang, purpose: Purpose, text: &FormText) -> Option<Trouble> {
    let key = match purpose {
        Purpose::Post => FormKey::Root,
        Purpose::Reply(id) => FormKey::Reply(id),
        Purpose::Edit(id) => FormKey::Edit(id),
        Purpose::Delete(_) => return None,
    };
    let fault = check_form(key, text).err()?;
    Some(Trouble { field: Some(fault.field()), sentence: explain_fault(lang, lang.strings(), fault) })
}

/// What a failure means for the form that met it.
pub fn trouble_from(lang: Lang, failure: &Failure) -> Trouble {
    let strings = lang.strings();
    let error = failure.error();
    let general = |sentence: &str| Trouble { field: None, sentence: sentence.to_owned() };
    match (error.code, error.field.as_deref()) {
        (ErrorCode::TokenRequired, _) => general(strings.document_failed_cookie),
        (ErrorCode::OriginNotAllowed, _) => general(strings.document_failed_token),
        (ErrorCode::RequestIdReused, _) => general(strings.document_failed_used),
        (ErrorCode::InvalidField, Some("author.email")) => at("email", strings.fault_email),
        (ErrorCode::InvalidField, Some("author.website")) => at("website", strings.document_fault_website),
        (ErrorCode::InvalidField, Some("author.name")) => at("name", &error.message),
        (ErrorCode::InvalidField, Some("body_markdown")) => at("body", &error.message),
        _ => general(&explain_error(strings, error)),
    }
}

fn at(field: &'static str, sentence: &str) -> Trouble {
    Trouble { field: Some(field), sentence: sentence.to_owned() }
}
