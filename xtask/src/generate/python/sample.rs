//! A small interface, made by hand, with one of each thing that the emitters must write.

use crate::generate::interface::{Answer, Field, Function, Handle, Interface, Of, Shape, Type, Work};

pub(super) fn interface() -> Interface {
    let connect = Function {
        name: "connect".to_owned(),
        description: "Connects. Fails with kind `files`.".to_owned(),
        work: Work::Waits,
        parameters: vec![
            required("actor", "Who acts.", Of::String),
            optional("rancher", Of::Named("Options".to_owned())),
        ],
        answer: Answer::Handle("Store".to_owned()),
    };
    let flows = Of::List(Box::new(named("Flow")));
    let functions = vec![
        function("name", "Its name.", Work::Instant, Answer::Text),
        function("clear", "", Work::Instant, Answer::Nothing),
        function("access", "", Work::Computes, Answer::Document(named("Access"))),
        function("items.list", "All of them.", Work::Waits, Answer::Document(flows)),
    ];
    Interface {
        handles: vec![
            Handle {
                name: "Library".to_owned(),
                description: "The library.".to_owned(),
                functions: vec![connect],
            },
            Handle { name: "Store".to_owned(), description: "A store.".to_owned(), functions },
        ],
        types: types(),
        kinds: vec![
            ("application_busy".to_owned(), "wait for it".to_owned()),
            ("files".to_owned(), "see to the files".to_owned()),
        ],
        error: "Envelope".to_owned(),
    }
}

fn types() -> Vec<Type> {
    let one = |name: &str, description: &str, shape| Type {
        name: name.to_owned(),
        description: description.to_owned(),
        shape,
    };
    let words = vec![("red".to_owned(), "As blood.".to_owned()), ("green".to_owned(), String::new())];
    let many =
        Of::Union(vec![named("Shape"), Of::List(Box::new(named("Many"))), Of::Map(Box::new(named("Many")))]);
    let kind = |word: &str| required("kind", "", Of::Word(word.to_owned()));
    vec![
        one("Access", "Where it is.", Shape::Object(vec![required("url", "The address.", Of::String)])),
        one("Colour", "A colour.", Shape::Words(words)),
        one("Envelope", "What failed.", Shape::Object(vec![required("colour", "", named("Colour"))])),
        one(
            "Flow",
            "A flow.",
            Shape::Object(vec![required("from", "Whence.", Of::String), optional("to", named("Shape"))]),
        ),
        one("Many", "", Shape::Alias(many)),
        one(
            "Options",
            "What can be said.",
            Shape::Object(vec![
                optional("url", Of::String),
                optional("more", Of::Map(Box::new(Of::Any))),
                optional("names", Of::List(Box::new(Of::String))),
            ]),
        ),
        one("Shape", "A shape.", Shape::Alias(Of::Union(vec![named("ShapeCircle"), named("ShapeSquare")]))),
        one("ShapeCircle", "", Shape::Object(vec![kind("circle")])),
        one("ShapeSquare", "", Shape::Object(vec![kind("square")])),
    ]
}

fn named(name: &str) -> Of {
    Of::Named(name.to_owned())
}

fn required(name: &str, description: &str, of: Of) -> Field {
    Field { name: name.to_owned(), description: description.to_owned(), is_required: true, of }
}

fn optional(name: &str, of: Of) -> Field {
    Field { name: name.to_owned(), description: String::new(), is_required: false, of }
}

fn function(name: &str, description: &str, work: Work, answer: Answer) -> Function {
    Function {
        name: name.to_owned(),
        description: description.to_owned(),
        work,
        parameters: Vec::new(),
        answer,
    }
}
