//! How siblings share what room is left.

/// Deals `room` rows out like cards: the first reply of every parent, then the second of every one that has two, and so on.
///
/// `wants` holds how many replies each parent has; the answer how many each may show, never more than that.
pub(crate) fn share(room: u32, wants: &[u32]) -> Vec<u32> {
    let mut shares = vec![0; wants.len()];
    let mut left = room;
    loop {
        let hungry: Vec<usize> = (0..wants.len()).filter(|at| shares[*at] < wants[*at]).collect();
        let smallest_want = hungry.iter().map(|at| wants[*at] - shares[*at]).min().unwrap_or(0);
        let rounds = u32::try_from(hungry.len()).map_or(0, |parents| left.checked_div(parents).unwrap_or(0)).min(smallest_want);
        if rounds == 0 {
            hungry.iter().take(left as usize).for_each(|at| shares[*at] += 1);
            return shares;
        }
        for at in &hungry {
            shares[*at] += rounds;
            left -= rounds;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_gets_all_when_there_is_room() {
        assert_eq!(share(10, &[3, 0, 7]), [3, 0, 7]);
        assert_eq!(share(100, &[3, 0, 7]), [3, 0, 7]);
    }

    #[test]
    fn a_parent_of_thousands_leaves_room_for_the_others() {
        assert_eq!(share(10, &[10_000, 2, 3]), [5, 2, 3]);
    }

    #[test]
    fn what_does_not_divide_goes_to_the_first() {
        assert_eq!(share(5, &[9, 9, 9]), [2, 2, 1]);
        assert_eq!(share(2, &[0, 9, 9, 9]), [0, 1, 1, 0]);
    }

    #[test]
    fn no_room_and_no_parents_are_fine() {
        assert_eq!(share(0, &[4, 4]), [0, 0]);
        assert_eq!(share(9, &[]), [0; 0]);
    }
}
