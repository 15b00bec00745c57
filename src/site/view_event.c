// The field tables of the pages of events.
// SPDX-License-Identifier: Apache-2.0
#include "site/view_event.h"

#include "site/view_part.h"

FIELDS(view_event_card_fields, struct view_event_card, "event card",
       FIELD(struct view_event_card, path), FIELD(struct view_event_card, title),
       FIELD(struct view_event_card, kind_label), FIELD(struct view_event_card, summary),
       FIELD(struct view_event_card, day_number), FIELD(struct view_event_card, month_short),
       FIELD(struct view_event_card, day_text), FIELD(struct view_event_card, time_text),
       FIELD(struct view_event_card, starts_iso), FIELD(struct view_event_card, ends_iso),
       FIELD(struct view_event_card, place), FIELD(struct view_event_card, price),
       FIELD(struct view_event_card, is_online), FIELD(struct view_event_card, is_cancelled));

FIELDS(view_event_month_fields, struct view_event_month, "event month",
       FIELD(struct view_event_month, label),
       FIELD_LIST_OF(struct view_event_month, events, &view_event_card_fields));

FIELDS(view_events_fields, struct view_events, "events",
       FIELD_ONE_OF(struct view_events, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_events, breadcrumb, &view_crumb_fields),
       FIELD(struct view_events, name), FIELD(struct view_events, is_year),
       FIELD(struct view_events, has_months),
       FIELD_LIST_OF(struct view_events, months, &view_event_month_fields),
       FIELD(struct view_events, has_past),
       FIELD_LIST_OF(struct view_events, past, &view_event_card_fields),
       FIELD_LIST_OF(struct view_events, years, &view_link_fields),
       FIELD(struct view_events, calendar_path));

FIELDS(view_event_fields, struct view_event, "event",
       FIELD_ONE_OF(struct view_event, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_event, breadcrumb, &view_crumb_fields),
       FIELD_ONE_OF(struct view_event, event, &view_event_card_fields),
       FIELD_ONE_OF(struct view_event, picture, &view_picture_fields),
       FIELD(struct view_event, organiser), FIELD(struct view_event, online_url),
       FIELD(struct view_event, online_host), FIELD(struct view_event, signup_url),
       FIELD(struct view_event, is_over), FIELD(struct view_event, is_offline),
       FIELD(struct view_event, body), FIELD(struct view_event, calendar_path));
