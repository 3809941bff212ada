//! The comment thread of Afterword.
