//! The record of truth: one relational database, SQLite or PostgreSQL.
