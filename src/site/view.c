// The field tables of the views: the names that templates may use.
// SPDX-License-Identifier: Apache-2.0
#include "site/view.h"
#include "site/view_event.h"
#include "site/view_feed.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "site/view_versions.h"

FIELDS(view_link_fields, struct view_link, "link", FIELD(struct view_link, first),
       FIELD(struct view_link, label), FIELD(struct view_link, language),
       FIELD(struct view_link, direction), FIELD(struct view_link, path),
       FIELD(struct view_link, current), FIELD(struct view_link, has_children),
       FIELD_LIST_OF(struct view_link, children, &view_link_fields));

FIELDS(view_crumb_fields, struct view_crumb, "crumb", FIELD(struct view_crumb, position),
       FIELD(struct view_crumb, first), FIELD(struct view_crumb, current),
       FIELD(struct view_crumb, label), FIELD(struct view_crumb, language),
       FIELD(struct view_crumb, direction), FIELD(struct view_crumb, path));

FIELDS(view_pager_fields, struct view_pager, "pager",
       FIELD_ONE_OF(struct view_pager, newer, &view_link_fields),
       FIELD_ONE_OF(struct view_pager, older, &view_link_fields));

FIELDS(view_picture_fields, struct view_picture, "picture", FIELD(struct view_picture, path),
       FIELD(struct view_picture, avif), FIELD(struct view_picture, webp),
       FIELD(struct view_picture, animation), FIELD(struct view_picture, alt),
       FIELD(struct view_picture, caption), FIELD(struct view_picture, credit),
       FIELD(struct view_picture, width), FIELD(struct view_picture, height),
       FIELD(struct view_picture, focus), FIELD(struct view_picture, plate));

FIELDS(view_logo_fields, struct view_logo, "logo", FIELD(struct view_logo, path),
       FIELD(struct view_logo, webp), FIELD(struct view_logo, sizes), FIELD(struct view_logo, alt),
       FIELD(struct view_logo, width), FIELD(struct view_logo, height));

FIELDS(view_person_fields, struct view_person, "person", FIELD(struct view_person, separator),
       FIELD(struct view_person, name), FIELD(struct view_person, path),
       FIELD(struct view_person, role), FIELD(struct view_person, about),
       FIELD_ONE_OF(struct view_person, picture, &view_picture_fields));

FIELDS(view_card_fields, struct view_card, "card", FIELD(struct view_card, path),
       FIELD(struct view_card, headline), FIELD(struct view_card, language),
       FIELD(struct view_card, direction), FIELD(struct view_card, trail),
       FIELD(struct view_card, label), FIELD(struct view_card, kind_label),
       FIELD(struct view_card, byline), FIELD(struct view_card, source_name),
       FIELD(struct view_card, is_opinion), FIELD(struct view_card, is_video),
       FIELD(struct view_card, is_live), FIELD(struct view_card, updated_moment),
       FIELD(struct view_card, updated_iso), FIELD(struct view_card, published_date),
       FIELD(struct view_card, published_moment), FIELD(struct view_card, published_iso),
       FIELD(struct view_card, video_length), FIELD(struct view_card, sizes),
       FIELD_ONE_OF(struct view_card, face, &view_picture_fields),
       FIELD_ONE_OF(struct view_card, picture, &view_picture_fields));

FIELDS(view_post_fields, struct view_post, "post", FIELD(struct view_post, first),
       FIELD(struct view_post, anchor), FIELD(struct view_post, posted_text),
       FIELD(struct view_post, posted_iso), FIELD(struct view_post, headline),
       FIELD(struct view_post, title), FIELD(struct view_post, text),
       FIELD(struct view_post, body));

FIELDS(view_comment_fields, struct view_comment, "comment", FIELD(struct view_comment, id),
       FIELD(struct view_comment, name), FIELD(struct view_comment, website),
       FIELD(struct view_comment, reply_to), FIELD(struct view_comment, text),
       FIELD(struct view_comment, posted_text), FIELD(struct view_comment, posted_iso),
       FIELD(struct view_comment, has_replies),
       FIELD_LIST_OF(struct view_comment, replies, &view_comment_fields));

FIELDS(view_thread_fields, struct view_thread, "thread", FIELD(struct view_thread, count),
       FIELD_LIST_OF(struct view_thread, comments, &view_comment_fields),
       FIELD_ONE_OF(struct view_thread, later, &view_link_fields));

FIELDS(view_correction_fields, struct view_correction, "correction",
       FIELD(struct view_correction, first), FIELD(struct view_correction, label),
       FIELD(struct view_correction, made_text), FIELD(struct view_correction, made_iso),
       FIELD(struct view_correction, text));

FIELDS(view_meta_fields, struct view_meta, "meta", FIELD(struct view_meta, title),
       FIELD(struct view_meta, headline), FIELD(struct view_meta, description),
       FIELD(struct view_meta, site_name), FIELD(struct view_meta, base_url),
       FIELD(struct view_meta, canonical), FIELD(struct view_meta, og_type),
       FIELD(struct view_meta, robots), FIELD(struct view_meta, language),
       FIELD(struct view_meta, feed_title), FIELD(struct view_meta, feed_path),
       FIELD(struct view_meta, style_path),
       FIELD_LIST_OF(struct view_meta, fonts, &view_link_fields),
       FIELD(struct view_meta, script_path), FIELD(struct view_meta, icon_path),
       FIELD(struct view_meta, icon_type), FIELD(struct view_meta, touch_icon_path),
       FIELD(struct view_meta, picture_url), FIELD(struct view_meta, picture_alt),
       FIELD(struct view_meta, picture_width), FIELD(struct view_meta, picture_height));

FIELDS(view_prefs_fields, struct view_prefs, "prefs", FIELD(struct view_prefs, language),
       FIELD(struct view_prefs, direction), FIELD(struct view_prefs, classes));

FIELDS(view_head_fields, struct view_head, "head", FIELD(struct view_head, name),
       FIELD(struct view_head, is_long), FIELD_ONE_OF(struct view_head, logo, &view_logo_fields),
       FIELD_ONE_OF(struct view_head, logo_dark, &view_logo_fields),
       FIELD(struct view_head, has_menu),
       FIELD_LIST_OF(struct view_head, main_menu, &view_link_fields),
       FIELD_LIST_OF(struct view_head, compact_menu, &view_link_fields),
       FIELD(struct view_head, has_follow),
       FIELD_LIST_OF(struct view_head, follow, &view_link_fields));

FIELDS(view_tail_fields, struct view_tail, "tail", FIELD(struct view_tail, name),
       FIELD_ONE_OF(struct view_tail, logo, &view_logo_fields),
       FIELD_ONE_OF(struct view_tail, logo_dark, &view_logo_fields),
       FIELD(struct view_tail, tagline), FIELD(struct view_tail, has_newest),
       FIELD_LIST_OF(struct view_tail, newest, &view_card_fields),
       FIELD(struct view_tail, has_sections), FIELD(struct view_tail, has_company),
       FIELD(struct view_tail, has_more_info),
       FIELD_LIST_OF(struct view_tail, sections, &view_link_fields),
       FIELD_LIST_OF(struct view_tail, company, &view_link_fields),
       FIELD_LIST_OF(struct view_tail, more_info, &view_link_fields),
       FIELD(struct view_tail, has_follow),
       FIELD_LIST_OF(struct view_tail, follow, &view_link_fields),
       FIELD(struct view_tail, copyright), FIELD(struct view_tail, has_notice),
       FIELD_LIST_OF(struct view_tail, notice, &view_link_fields));

FIELDS(view_newest_fields, struct view_newest, "newest", FIELD(struct view_newest, has_newest),
       FIELD_LIST_OF(struct view_newest, newest, &view_card_fields));

FIELDS(view_story_fields, struct view_story, "story",
       FIELD_ONE_OF(struct view_story, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_story, breadcrumb, &view_crumb_fields),
       FIELD(struct view_story, schema_type), FIELD(struct view_story, kind),
       FIELD(struct view_story, is_live), FIELD(struct view_story, changed_text),
       FIELD(struct view_story, key_points), FIELD(struct view_story, has_posts),
       FIELD_LIST_OF(struct view_story, posts, &view_post_fields),
       FIELD(struct view_story, is_feature), FIELD(struct view_story, language),
       FIELD(struct view_story, direction), FIELD(struct view_story, own_language),
       FIELD(struct view_story, own_direction), FIELD(struct view_story, section_name),
       FIELD(struct view_story, section_path), FIELD(struct view_story, kind_label),
       FIELD(struct view_story, is_opinion), FIELD(struct view_story, headline),
       FIELD(struct view_story, standfirst),
       FIELD_ONE_OF(struct view_story, picture, &view_picture_fields),
       FIELD(struct view_story, has_authors),
       FIELD_LIST_OF(struct view_story, authors, &view_person_fields),
       FIELD(struct view_story, has_about), FIELD(struct view_story, modified_iso),
       FIELD(struct view_story, versions_path), FIELD(struct view_story, more_title),
       FIELD(struct view_story, published_text), FIELD(struct view_story, published_iso),
       FIELD(struct view_story, updated_text), FIELD(struct view_story, updated_iso),
       FIELD(struct view_story, reading_time), FIELD(struct view_story, word_count),
       FIELD(struct view_story, corrected_text), FIELD(struct view_story, body),
       FIELD(struct view_story, has_pictures_elsewhere), FIELD(struct view_story, video_url),
       FIELD(struct view_story, video_provider), FIELD(struct view_story, video_length),
       FIELD(struct view_story, video_duration), FIELD(struct view_story, source_name),
       FIELD(struct view_story, source_url), FIELD(struct view_story, has_corrections),
       FIELD_LIST_OF(struct view_story, corrections, &view_correction_fields),
       FIELD(struct view_story, has_topics),
       FIELD_LIST_OF(struct view_story, topics, &view_link_fields),
       FIELD_ONE_OF(struct view_story, thread, &view_thread_fields),
       FIELD_ONE_OF(struct view_story, pager, &view_pager_fields),
       FIELD(struct view_story, has_more),
       FIELD_LIST_OF(struct view_story, more, &view_card_fields),
       FIELD(struct view_story, has_related),
       FIELD_LIST_OF(struct view_story, related, &view_card_fields));

FIELDS(view_block_fields, struct view_block, "block", FIELD(struct view_block, name),
       FIELD(struct view_block, path), FIELD(struct view_block, has_more),
       FIELD_ONE_OF(struct view_block, lead, &view_card_fields),
       FIELD(struct view_block, has_cards),
       FIELD_LIST_OF(struct view_block, cards, &view_card_fields));

FIELDS(view_row_fields, struct view_row, "row", FIELD(struct view_row, rhythm),
       FIELD(struct view_row, columns), FIELD_LIST_OF(struct view_row, blocks, &view_block_fields));

FIELDS(view_front_fields, struct view_front, "front",
       FIELD_ONE_OF(struct view_front, meta, &view_meta_fields), FIELD(struct view_front, name),
       FIELD_ONE_OF(struct view_front, lead, &view_card_fields), FIELD(struct view_front, shape),
       FIELD(struct view_front, has_sublinks),
       FIELD_LIST_OF(struct view_front, sublinks, &view_card_fields),
       FIELD(struct view_front, has_secondary), FIELD(struct view_front, secondary_columns),
       FIELD_LIST_OF(struct view_front, secondary, &view_card_fields),
       FIELD(struct view_front, has_latest),
       FIELD_LIST_OF(struct view_front, latest, &view_card_fields),
       FIELD_LIST_OF(struct view_front, rows, &view_row_fields));

FIELDS(view_rail_fields, struct view_rail, "rail", FIELD(struct view_rail, heading),
       FIELD(struct view_rail, has_months),
       FIELD_LIST_OF(struct view_rail, months, &view_link_fields),
       FIELD(struct view_rail, archive_path), FIELD(struct view_rail, feed_path),
       FIELD(struct view_rail, feed_label));

FIELDS(view_section_fields, struct view_section, "section",
       FIELD_ONE_OF(struct view_section, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_section, breadcrumb, &view_crumb_fields),
       FIELD(struct view_section, name), FIELD(struct view_section, description),
       FIELD(struct view_section, has_children),
       FIELD_LIST_OF(struct view_section, children, &view_link_fields),
       FIELD_ONE_OF(struct view_section, lead, &view_card_fields),
       FIELD(struct view_section, has_secondary), FIELD(struct view_section, secondary_columns),
       FIELD_LIST_OF(struct view_section, secondary, &view_card_fields),
       FIELD(struct view_section, has_cards),
       FIELD_LIST_OF(struct view_section, cards, &view_card_fields),
       FIELD_ONE_OF(struct view_section, rail, &view_rail_fields));

FIELDS(view_kind_page_fields, struct view_kind_page, "kind",
       FIELD_ONE_OF(struct view_kind_page, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_kind_page, breadcrumb, &view_crumb_fields),
       FIELD(struct view_kind_page, name), FIELD(struct view_kind_page, description),
       FIELD(struct view_kind_page, is_grid), FIELD(struct view_kind_page, has_cards),
       FIELD_LIST_OF(struct view_kind_page, cards, &view_card_fields),
       FIELD_ONE_OF(struct view_kind_page, rail, &view_rail_fields));

FIELDS(view_month_fields, struct view_month, "month",
       FIELD_ONE_OF(struct view_month, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_month, breadcrumb, &view_crumb_fields),
       FIELD(struct view_month, name), FIELD(struct view_month, has_parts),
       FIELD_LIST_OF(struct view_month, parts, &view_link_fields),
       FIELD(struct view_month, has_cards),
       FIELD_LIST_OF(struct view_month, cards, &view_card_fields),
       FIELD_ONE_OF(struct view_month, rail, &view_rail_fields),
       FIELD_ONE_OF(struct view_month, pager, &view_pager_fields));

FIELDS(view_person_page_fields, struct view_person_page, "person page",
       FIELD_ONE_OF(struct view_person_page, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_person_page, breadcrumb, &view_crumb_fields),
       FIELD(struct view_person_page, name), FIELD(struct view_person_page, role),
       FIELD(struct view_person_page, biography),
       FIELD_ONE_OF(struct view_person_page, picture, &view_picture_fields),
       FIELD(struct view_person_page, has_cards),
       FIELD_LIST_OF(struct view_person_page, cards, &view_card_fields),
       FIELD_ONE_OF(struct view_person_page, rail, &view_rail_fields));

FIELDS(view_topic_fields, struct view_topic, "topic",
       FIELD_ONE_OF(struct view_topic, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_topic, breadcrumb, &view_crumb_fields),
       FIELD(struct view_topic, name), FIELD(struct view_topic, description),
       FIELD(struct view_topic, has_cards),
       FIELD_LIST_OF(struct view_topic, cards, &view_card_fields),
       FIELD_ONE_OF(struct view_topic, rail, &view_rail_fields));

FIELDS(view_year_fields, struct view_year, "year", FIELD(struct view_year, label),
       FIELD_LIST_OF(struct view_year, months, &view_link_fields));

FIELDS(view_archive_index_fields, struct view_archive_index, "archive index",
       FIELD_ONE_OF(struct view_archive_index, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_archive_index, breadcrumb, &view_crumb_fields),
       FIELD(struct view_archive_index, name), FIELD(struct view_archive_index, has_years),
       FIELD_LIST_OF(struct view_archive_index, years, &view_year_fields));

FIELDS(view_comments_fields, struct view_comments, "comments",
       FIELD_ONE_OF(struct view_comments, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_comments, breadcrumb, &view_crumb_fields),
       FIELD(struct view_comments, headline), FIELD(struct view_comments, language),
       FIELD(struct view_comments, direction), FIELD(struct view_comments, path),
       FIELD(struct view_comments, range),
       FIELD_LIST_OF(struct view_comments, comments, &view_comment_fields),
       FIELD_ONE_OF(struct view_comments, earlier, &view_link_fields),
       FIELD_ONE_OF(struct view_comments, later, &view_link_fields));

FIELDS(view_page_fields, struct view_page, "page",
       FIELD_ONE_OF(struct view_page, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_page, breadcrumb, &view_crumb_fields),
       FIELD(struct view_page, headline), FIELD(struct view_page, body),
       FIELD(struct view_page, has_pictures_elsewhere), FIELD(struct view_page, updated_text),
       FIELD(struct view_page, updated_iso),
       FIELD_ONE_OF(struct view_page, thread, &view_thread_fields));

FIELDS(view_day_fields, struct view_day, "day", FIELD(struct view_day, label),
       FIELD(struct view_day, iso), FIELD_LIST_OF(struct view_day, cards, &view_card_fields));

FIELDS(view_latest_fields, struct view_latest, "latest",
       FIELD_ONE_OF(struct view_latest, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_latest, breadcrumb, &view_crumb_fields),
       FIELD(struct view_latest, name), FIELD(struct view_latest, has_days),
       FIELD_LIST_OF(struct view_latest, days, &view_day_fields),
       FIELD(struct view_latest, archive_path));

FIELDS(view_error_fields, struct view_error, "error",
       FIELD_ONE_OF(struct view_error, meta, &view_meta_fields), FIELD(struct view_error, status),
       FIELD(struct view_error, headline), FIELD(struct view_error, sentence));

FIELDS(view_name_fields, struct view_name, "name", FIELD(struct view_name, name));

FIELDS(view_feed_item_fields, struct view_feed_item, "feed item",
       FIELD(struct view_feed_item, headline), FIELD(struct view_feed_item, url),
       FIELD(struct view_feed_item, guid), FIELD(struct view_feed_item, published_rfc822),
       FIELD(struct view_feed_item, excerpt), FIELD(struct view_feed_item, content),
       FIELD_LIST_OF(struct view_feed_item, authors, &view_name_fields),
       FIELD_LIST_OF(struct view_feed_item, categories, &view_name_fields));

FIELDS(view_feed_fields, struct view_feed, "feed", FIELD(struct view_feed, title),
       FIELD(struct view_feed, url), FIELD(struct view_feed, self_url),
       FIELD(struct view_feed, description), FIELD(struct view_feed, language),
       FIELD(struct view_feed, built_rfc822),
       FIELD_LIST_OF(struct view_feed, items, &view_feed_item_fields));

FIELDS(view_sitemap_row_fields, struct view_sitemap_row, "sitemap row",
       FIELD(struct view_sitemap_row, url), FIELD(struct view_sitemap_row, modified_iso));

FIELDS(view_sitemap_fields, struct view_sitemap, "sitemap",
       FIELD_LIST_OF(struct view_sitemap, rows, &view_sitemap_row_fields));

FIELDS(view_robots_fields, struct view_robots, "robots", FIELD(struct view_robots, base_url));

#define TEMPLATE(name)                                                                             \
    {                                                                                              \
        name, sizeof name - 1                                                                      \
    }

const struct view_kind view_kinds[VIEW_COUNT] = {
    [VIEW_PREFS] = {TEMPLATE(""), TEMPLATE("prefs"), &view_prefs_fields},
    [VIEW_HEAD] = {TEMPLATE(""), TEMPLATE("head"), &view_head_fields},
    [VIEW_TAIL] = {TEMPLATE(""), TEMPLATE("tail"), &view_tail_fields},
    [VIEW_NEWEST] = {TEMPLATE(""), TEMPLATE("newest"), &view_newest_fields},
    [VIEW_STORY] = {TEMPLATE("story.meta"), TEMPLATE("story"), &view_story_fields},
    [VIEW_FRONT] = {TEMPLATE("front.meta"), TEMPLATE("front"), &view_front_fields},
    [VIEW_SECTION] = {TEMPLATE("page.meta"), TEMPLATE("section"), &view_section_fields},
    [VIEW_MONTH] = {TEMPLATE("page.meta"), TEMPLATE("month"), &view_month_fields},
    [VIEW_PERSON] = {TEMPLATE("person.meta"), TEMPLATE("person"), &view_person_page_fields},
    [VIEW_TOPIC] = {TEMPLATE("page.meta"), TEMPLATE("topic"), &view_topic_fields},
    [VIEW_KIND] = {TEMPLATE("page.meta"), TEMPLATE("kind"), &view_kind_page_fields},
    [VIEW_ARCHIVE_INDEX] = {TEMPLATE("page.meta"), TEMPLATE("archive"), &view_archive_index_fields},
    [VIEW_COMMENTS] = {TEMPLATE("page.meta"), TEMPLATE("comments"), &view_comments_fields},
    [VIEW_PAGE] = {TEMPLATE("page.meta"), TEMPLATE("page"), &view_page_fields},
    [VIEW_LATEST] = {TEMPLATE("page.meta"), TEMPLATE("latest"), &view_latest_fields},
    [VIEW_EVENTS] = {TEMPLATE("page.meta"), TEMPLATE("events"), &view_events_fields},
    [VIEW_EVENT] = {TEMPLATE("event.meta"), TEMPLATE("event"), &view_event_fields},
    [VIEW_CORRECTIONS] = {TEMPLATE("page.meta"), TEMPLATE("corrections"), &view_corrections_fields},
    [VIEW_VERSIONS] = {TEMPLATE("page.meta"), TEMPLATE("versions"), &view_versions_fields},
    [VIEW_VERSION] = {TEMPLATE("page.meta"), TEMPLATE("version"), &view_version_page_fields},
    [VIEW_COMPARISON] = {TEMPLATE("page.meta"), TEMPLATE("comparison"), &view_comparison_fields},
    [VIEW_ERROR] = {TEMPLATE("error.meta"), TEMPLATE("error"), &view_error_fields},
    [VIEW_FEED] = {TEMPLATE(""), TEMPLATE("feed.xml"), &view_feed_fields},
    [VIEW_SITEMAP] = {TEMPLATE(""), TEMPLATE("sitemap.xml"), &view_sitemap_fields},
    [VIEW_SITEMAP_INDEX] = {TEMPLATE(""), TEMPLATE("sitemap-index.xml"), &view_sitemap_fields},
    [VIEW_ROBOTS] = {TEMPLATE(""), TEMPLATE("robots.txt"), &view_robots_fields},
};
