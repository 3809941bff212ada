use afterword_store::search::SearchQuery;
use afterword_store::*;
use afterword_wire::*;
use std::time::Instant;
fn next(s: &mut u64) -> u64 { *s = s.wrapping_add(0x9e37_79b9_7f4a_7c15); let mut m = *s; m = (m ^ m >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9); m = (m ^ m >> 27).wrapping_mul(0x94d0_49bb_1331_11eb); m ^ m >> 31 }
fn word(r: u64) -> String {
    // Zipf-like: rank ~ exp(u*ln(N))
    let u = (r >> 11) as f64 / (1u64 << 53) as f64;
    let rank = (u * (50_000f64).ln()).exp() as u64;
    if rank < 30 { return ["the","of","and","to","in","comment","that","is","was","he","for","it","with","as","his","on","be","at","by","i","this","had","not","are","but","from","or","have","an","they"][rank as usize].to_owned(); }
    let mut x = rank * 2654435761; let mut w = String::new();
    for _ in 0..(2 + rank % 4) { w.push_str(["ka","lo","mi","ten","ra","shu","per","don","vi","est","or","al","ing","co","tra","ne"][(x % 16) as usize]); x /= 16; }
    w
}
#[tokio::main]
async fn main() {
    let file = std::env::args().nth(1).unwrap();
    let n: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let fresh = !std::path::Path::new(&file).exists();
    let store = open(&file).await.unwrap();
    if fresh {
        let site = store.add_site(NewSite { slug: "s".into(), origins: vec![], edit_window_s: 900, created_at: Timestamp(0) }).await.unwrap();
        let mut seed = 7; let t = Instant::now(); let mut batch = vec![];
        for i in 0..n {
            let id = 1_700_000_000_000u64 - 946_684_800_000 + i * 1000; let id = CommentId(id << 21 | next(&mut seed) & 0x1fffff);
            let words = 5 + next(&mut seed) % 40;
            let text: Vec<String> = (0..words).map(|_| word(next(&mut seed))).collect(); let text = text.join(" ");
            let text = if i == 12345 { format!("{text} needle 日本語の話") } else { text };
            let a = next(&mut seed) % 5000;
            batch.push(Record::Comment(CommentRecord { comment_id: id, page_key: "/a".into(), parent_id: None, answers_name: None, author_id: AuthorId(a + 1), author_name: format!("Person {a}"), author_email: None, author_website: None, moderation_status: ModerationStatus::Approved, created_at: Timestamp(1_700_000_000_000 + i as i64 * 1000), edited_at: None, deleted_at: None, body_html: format!("<p>{text}</p>"), body_markdown: text, renderer_version: 1 }));
            if batch.len() == 1000 { store.import_records(site.id, std::mem::take(&mut batch)).await.unwrap(); }
            if i % 100_000 == 0 { println!("{i} {:?}", t.elapsed()); }
        }
        store.import_records(site.id, batch).await.unwrap();
        println!("made in {:?}", t.elapsed());
    }
    let site = store.find_site("s").await.unwrap().unwrap();
    let mut time_slice = 0.0;
    for _ in 0..2 { let t = Instant::now(); for _ in 0..50 { store.read_slice(&site, "/a", Listing { sort: Sort::Newest, limit: 50, cursor: None }).await.unwrap(); } time_slice = t.elapsed().as_secs_f64() / 50.0; }
    println!("slice {:.3} ms", time_slice * 1000.0);
    for q in ["the ", "the", "t", "c", "com", "comment", "comment ", "the of and ", "the comment that i", "needle", "needle ", "日本語", "nothinglikethis", "nothing the ", "ka", "kalo", "person 17 ", "person 17 the c", "p"] {
        let query = SearchQuery::parse(q).unwrap();
        let mut best = f64::MAX; let mut sum = 0.0; let mut hits = 0; let mut more = false;
        for _ in 0..20 { let t = Instant::now(); let f = store.search_comments(site.id, "/a", &query, SearchListing { limit: 20, cursor: None }).await.unwrap(); let e = t.elapsed().as_secs_f64(); best = best.min(e); sum += e; hits = f.comments.len(); more = f.cursor.is_some(); }
        println!("{q:24?} hits {hits:2} more {more:5} best {:8.3} ms mean {:8.3} ms ratio {:.1}", best * 1000.0, sum * 50.0, best / time_slice);
    }
    store.close().await;
}
