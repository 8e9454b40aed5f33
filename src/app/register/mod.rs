//! Use cases of the register.

use crate::domain::register::rules::Ruled;

pub trait Subject: Ruled + Send + 'static {}
impl<T: Ruled + Send + 'static> Subject for T {}
