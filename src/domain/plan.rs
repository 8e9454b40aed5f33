//! Action plans: at most six answers to an ordered, cited checklist.
