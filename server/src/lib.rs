//! The comment server of Afterword.
