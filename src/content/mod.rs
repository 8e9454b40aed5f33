//! From the files of `toolkits/` and the reference data to domain values.
