//! preconditions
