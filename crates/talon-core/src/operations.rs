//! One request type per operation, one file each, named as the method is.
//!
//! A request holds everything the caller chooses. The first line of its file is the call on the
//! wire; its `operation!` block says where each field travels.

/// Declares consuming setters of optional fields, named after them.
macro_rules! options {
    ($request:ident { $( $(#[$doc:meta])* $field:ident: $type:ty, )+ }) => {
        impl $request {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $field(mut self, $field: $type) -> Self {
                    self.$field = Some($field);
                    self
                }
            )+
        }
    };
}

/// Each line of the list is a module, so that adding an operation is one file and one line.
macro_rules! declare_modules {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        $(
            mod $method;
            pub use $method::$request;
        )+
    };
}

crate::for_each_operation!(declare_modules);
