//! JSON inside HTML.

/// Makes JSON safe inside a `<script>`: no text in it can end the element or the line (SECURITY R7).
#[must_use]
pub fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + json.len() / 16);
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str("\\u");
                let code = u32::from(letter);
                for shift in [12, 8, 4, 0] {
                    escaped.extend(char::from_digit(code >> shift & 15, 16));
                }
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_json_can_leave_its_script_element() {
        let hostile = serde_json::to_string("</script><!--&\u{2028}\u{2029}").expect("a string");
        let escaped = escape_json(&hostile);
        assert!(!escaped.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{escaped}");
        let back: String = serde_json::from_str(&escaped).expect("still JSON");
        assert_eq!(back, "</script><!--&\u{2028}\u{2029}");
    }
}
