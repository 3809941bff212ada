//! Sites.

use super::dialect::{Connection, Row, site_id_for};
use super::number::number;
use crate::writer::{Applied, Write};
use crate::{NewSite, Site, SiteId, SiteSummary, StoreError, WriteRefusal};
use async_trait::async_trait;
use sqlx::{FromRow, Row as _};

impl FromRow<'_, Row> for Site {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        let origins = serde_json::from_str(row.try_get("origins")?).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Self {
            id: SiteId(row.try_get("site_id")?),
            slug: row.try_get("slug")?,
            origins,
            edit_window_s: number(row, "edit_window_s")?,
        })
    }
}

/// The site of that slug.
pub(crate) async fn find_site(connection: &mut Connection, slug: &str) -> Result<Option<Site>, StoreError> {
    let sql = "SELECT site_id, slug, origins, edit_window_s FROM site WHERE slug = $1";
    Ok(sqlx::query_as(sql).bind(slug).fetch_optional(connection).await?)
}

/// All sites by slug, with the sums of their threads' counters.
pub(crate) async fn list_sites(connection: &mut Connection) -> Result<Vec<SiteSummary>, StoreError> {
    let sql = "SELECT site_id, slug, origins, edit_window_s, count(thread_id) AS thread_count, \
               coalesce(sum(comment_count), 0) AS comment_count \
               FROM site LEFT JOIN thread USING (site_id) GROUP BY site_id ORDER BY slug";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    let summaries = rows.iter().map(|row| {
        Ok(SiteSummary {
            site: Site::from_row(row)?,
            thread_count: row.try_get::<i64, _>("thread_count")?.unsigned_abs(),
            comment_count: row.try_get::<i64, _>("comment_count")?.unsigned_abs(),
        })
    });
    Ok(summaries.collect::<Result<_, sqlx::Error>>()?)
}

#[async_trait]
impl Write<Connection> for NewSite {
    type Answer = Site;

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<Site>, StoreError> {
        let origins = serde_json::Value::from(self.origins.clone()).to_string();
        let sql = "INSERT INTO site (site_id, slug, origins, edit_window_s, created_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (slug) DO NOTHING RETURNING site_id";
        let insert = sqlx::query_scalar(sql)
            .bind(site_id_for(&self.slug))
            .bind(&self.slug)
            .bind(origins)
            .bind(i64::from(self.edit_window_s))
            .bind(self.created_at.0);
        let site_id: i64 = insert.fetch_optional(connection).await?.ok_or(WriteRefusal::SiteExists)?;
        let site = Site {
            id: SiteId(site_id),
            slug: self.slug.clone(),
            origins: self.origins.clone(),
            edit_window_s: self.edit_window_s,
        };
        Ok(Applied::unseen(site))
    }
}
