//! Who is said to have written.

use super::chance::Chance;
use afterword_wire::AuthorId;

const FIRST: [&str; 32] = [
    "Mara",
    "Jonas",
    "Aiko",
    "Дмитрий",
    "فاطمة",
    "דנה",
    "अर्जुन",
    "李娜",
    "健太",
    "민준",
    "Ελένη",
    "Zoë",
    "Łukasz",
    "Nguyễn",
    "Chiamaka",
    "Søren",
    "Ayşe",
    "José",
    "Inês",
    "Claire",
    "sal",
    "Dee",
    "Kofi",
    "Wilhelmina",
    "Ольга",
    "محمد",
    "王伟",
    "さくら",
    "Priya",
    "Tom",
    "Björk",
    "Ana",
];
const LAST: [&str; 16] = [
    "Brandt",
    "Ødegård",
    "O’Neil",
    "Mensah",
    "Rossi",
    "Kim",
    "García",
    "Dubois",
    "Yılmaz",
    "Silva",
    "Nowak",
    "Haddad",
    "Cohen",
    "Rao",
    "Müller",
    "Li",
];

/// An author made up for a number.
pub(super) fn author(seed: u64, number: u64) -> (AuthorId, String) {
    let mut chance = Chance::of(seed, number);
    let id = AuthorId(chance.bits() >> 1);
    let first = FIRST[(chance.bits() % FIRST.len() as u64) as usize];
    let name = match chance.below(4) {
        0 => first.to_owned(),
        1 => format!("{first} {}.", LAST[(number % 16) as usize].chars().next().unwrap_or('X')),
        _ => format!("{first} {}", LAST[(chance.bits() % LAST.len() as u64) as usize]),
    };
    (id, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::name::clean_name;

    #[test]
    fn a_name_is_one_that_could_have_been_typed() {
        for number in 0..500 {
            let (_, name) = author(1, number);
            assert_eq!(clean_name(&name).as_deref().ok(), Some(name.as_str()));
        }
    }
}
