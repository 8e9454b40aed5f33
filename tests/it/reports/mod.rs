//! What leaves the register: reports in every format, the calendar, the feed of what is
//! new.

mod api;
mod calendar;
mod feed;
mod laws;
mod workbook;
