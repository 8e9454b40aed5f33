//! Pages of a list, by the standard's arithmetic.

/// Where a page stands in a list of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// How many there are in all.
    pub total: usize,
    /// The page, from 1.
    pub page: usize,
    /// How many a page may have, from 1.
    pub per_page: usize,
}

impl Paging {
    /// How many pages there are; 0 where there is nothing to list.
    pub const fn pages(self) -> usize {
        self.total.div_ceil(self.per_page)
    }

    /// How many stand before this page.
    pub const fn before(self) -> usize {
        self.page.saturating_sub(1).saturating_mul(self.per_page)
    }

    /// Whether it is the first page.
    pub const fn is_first(self) -> bool {
        self.page == 1
    }

    /// Whether no page follows it.
    pub const fn is_last(self) -> bool {
        self.page >= self.pages()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_may_be_short_and_nothing_follows_it() {
        let page = |page| Paging { total: 41, page, per_page: 20 };
        assert_eq!((page(1).pages(), page(3).before()), (3, 40));
        assert_eq!([1, 2, 3, 4].map(|n| page(n).is_last()), [false, false, true, true]);
        assert!(page(1).is_first() && !page(2).is_first());
        let none = Paging { total: 0, page: 1, per_page: 20 };
        assert!(none.pages() == 0 && none.is_first() && none.is_last());
        assert_eq!(Paging { total: 40, page: 2, per_page: 20 }.pages(), 2);
    }
}
