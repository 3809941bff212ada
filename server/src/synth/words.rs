//! What bodies are put together from: frequent words first, since those are drawn more often.

/// A language to write in.
pub(super) struct Tongue {
    /// Its words.
    pub(super) words: &'static [&'static str],
    /// What stands between two words.
    pub(super) between: &'static str,
    /// What ends a sentence.
    pub(super) end: &'static str,
}

const fn spaced(words: &'static [&'static str]) -> Tongue {
    Tongue { words, between: " ", end: ". " }
}

/// The languages, frequent ones first.
pub(super) const TONGUES: [Tongue; 11] = [
    spaced(&[
        "the", "a", "of", "and", "is", "that", "it", "not", "I", "you", "in", "this", "people", "would", "they", "agree", "about", "article",
        "never", "more", "price", "because", "really", "city", "train", "argument", "source", "however", "evidence", "neighbour", "read",
        "twice", "garden", "policy", "winter", "author", "mistake", "example", "honest", "bridge", "cyclist", "engine", "harbour", "lantern",
    ]),
    spaced(&[
        "die", "und", "das", "ist", "nicht", "ich", "aber", "wir", "auch", "noch", "sehr", "Frage", "Artikel", "Straße", "Meinung", "jemand",
        "warum", "natürlich", "Zug", "Wetter", "Stadt", "überhaupt", "Beispiel", "Quelle", "schön", "Nachbar", "Größe", "Übung",
    ]),
    spaced(&[
        "de", "la", "que", "el", "no", "es", "y", "pero", "más", "gente", "siempre", "artículo", "ciudad", "año", "también", "porque",
        "pregunta", "mañana", "corazón", "ejemplo", "fuente", "barrio", "niño", "jamás",
    ]),
    spaced(&[
        "le", "et", "pas", "je", "une", "c’est", "mais", "très", "déjà", "quartier", "vraiment", "d’accord", "l’auteur", "problème", "où",
        "façon", "toujours", "preuve", "été", "forêt", "naïf", "cœur",
    ]),
    spaced(&[
        "и", "не", "что", "это", "я", "но", "очень", "статья", "город", "почему", "согласен", "вопрос", "люди", "всегда", "пример", "поезд",
        "сосед", "зима", "правда", "ещё", "мост",
    ]),
    Tongue {
        words: &["的", "我", "不是", "这篇", "文章", "很", "同意", "但是", "城市", "问题", "因为", "大家", "真的", "火车", "冬天", "例子", "来源", "邻居"],
        between: "",
        end: "。",
    },
    Tongue {
        words: &["は", "の", "です", "この", "記事", "とても", "でも", "思います", "電車", "街", "本当に", "理由", "質問", "いつも", "桜", "例えば"],
        between: "",
        end: "。",
    },
    spaced(&[
        "من", "في", "لا", "هذا", "المقال", "أعتقد", "لكن", "المدينة", "سؤال", "لماذا", "دائما", "الناس", "جدا", "القطار", "مثال", "صحيح",
    ]),
    spaced(&["לא", "זה", "אני", "אבל", "מאוד", "הכתבה", "העיר", "שאלה", "למה", "תמיד", "אנשים", "רכבת", "נכון", "דוגמה"]),
    Tongue {
        words: &["है", "यह", "नहीं", "मैं", "लेकिन", "लेख", "शहर", "बहुत", "सवाल", "क्यों", "हमेशा", "लोग", "रेल", "सच", "उदाहरण"],
        between: " ",
        end: "। ",
    },
    spaced(&["나는", "이", "글은", "정말", "하지만", "도시", "질문", "왜", "항상", "사람들", "기차", "예를", "동의합니다", "겨울"]),
];
