//! What a guest says of themselves, checked and cleaned.

use crate::failure::{Answer, Failure};
use crate::render::name::clean_name;
use crate::render::url::clean_url;
use afterword_wire::AuthorFields;
use afterword_wire::limits::MAX_EMAIL_CHARS;

/// What a guest says of themselves, fit to be stored.
#[derive(Debug)]
pub struct CleanAuthor {
    /// Display name.
    pub name: String,
    /// Never leaves the server.
    pub email: Option<String>,
    /// Home page: http or https.
    pub website: Option<String>,
}

impl CleanAuthor {
    /// Checks and cleans; what is blank counts as not given.
    ///
    /// # Errors
    /// `invalid_field` with the field's path.
    pub fn new(fields: &AuthorFields) -> Answer<Self> {
        refuse_nul("author.name", &fields.name)?;
        let name = clean_name(&fields.name).map_err(|error| Failure::invalid_field("author.name", error.message))?;
        let email = given(fields.email.as_deref()).map(check_email).transpose()?;
        let website = given(fields.website.as_deref()).map(check_website).transpose()?;
        Ok(Self { name, email, website })
    }
}

/// Refuses a text that holds a NUL: databases, mailers and logs each cut it somewhere else.
///
/// # Errors
/// `invalid_field`, naming `field`.
pub fn refuse_nul(field: &str, text: &str) -> Answer<()> {
    if text.contains('\0') {
        return Err(Failure::invalid_field(field, format!("`{field}` holds a NUL character")));
    }
    Ok(())
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// Not a proof that mail arrives: only that nothing in it can break a mail's header.
fn check_email(typed: &str) -> Answer<String> {
    let wrong = |message: String| Err(Failure::invalid_field("author.email", message));
    let has_breaks = typed.chars().any(|char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}'));
    let email = typed.trim();
    let chars = email.chars().count();
    if chars > MAX_EMAIL_CHARS {
        return wrong(format!("e-mail is {chars} characters; at most {MAX_EMAIL_CHARS} are allowed"));
    }
    let is_address =
        email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    if has_breaks || !is_address || email.contains(char::is_whitespace) || email.contains(['<', '>', ',', ';']) {
        return wrong("an e-mail address like mara@example.org is expected".to_owned());
    }
    Ok(email.to_owned())
}

fn check_website(typed: &str) -> Answer<String> {
    let wrong = || Failure::invalid_field("author.website", "an address that starts with http:// or https:// is expected");
    refuse_nul("author.website", typed)?;
    let url = clean_url(typed.trim()).ok_or_else(wrong)?;
    if url.starts_with("http://") || url.starts_with("https://") { Ok(url) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(email: &str, website: &str) -> AuthorFields {
        AuthorFields { name: "Mara".to_owned(), email: Some(email.to_owned()), website: Some(website.to_owned()) }
    }

    #[test]
    fn what_is_blank_counts_as_not_given() {
        let clean = CleanAuthor::new(&author(" ", "")).expect("blank fields are fine");
        assert_eq!((clean.email, clean.website), (None, None));
    }

    #[test]
    fn an_email_that_could_break_a_mail_header_is_refused() {
        for email in ["a@b\r\nBcc: c@d", "a@b\0", "a@b\u{2028}", "a@b\n", "no at sign", "@b", "a@", "a@b@c", "a@b, c@d", "<a@b>"]
        {
            assert!(CleanAuthor::new(&author(email, "")).is_err(), "{email:?}");
        }
        let plus = CleanAuthor::new(&author("mara+x@sub.example.org", "")).expect("a usual address");
        assert_eq!(plus.email.as_deref(), Some("mara+x@sub.example.org"));
    }

    #[test]
    fn a_website_is_http_or_refused() {
        for website in ["javascript:alert(1)", "mailto:a@b.c", "ftp://x.y", "//x.y", "x"] {
            assert!(CleanAuthor::new(&author("", website)).is_err(), "{website:?}");
        }
    }
}
