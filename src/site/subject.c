// What a list of stories is of: the publication, a section, an author, a topic, a kind.
// SPDX-License-Identifier: Apache-2.0
#include "site/subject.h"

#include "model/path.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"

static error of_section(struct visit *v, int64_t id, struct subject *out, bool *found)
{
    struct section section;
    try(section_by_id(v->work, id, &section, found));
    if (*found)
        *out = (struct subject){
            {LIST_SECTION, id}, section.name, section.path, section.description, id};
    return NULL;
}

static error of_person(struct visit *v, int64_t id, struct subject *out, bool *found)
{
    struct person person;
    try(person_by_id(v->work, id, &person, found));
    if (*found)
        *out = (struct subject){{LIST_PERSON, id}, person.name, person.path, person.role, 0};
    return NULL;
}

static error of_topic(struct visit *v, int64_t id, struct subject *out, bool *found)
{
    struct topic topic;
    try(topic_by_id(v->work, id, &topic, found));
    if (*found)
        *out = (struct subject){{LIST_TOPIC, id}, topic.name, topic.path, topic.description, 0};
    return NULL;
}

static const struct {
    int64_t kind;
    const char *name, *path, *description;
} kinds[] = {{KIND_OPINION, "Opinion", "/opinion/", "What our writers think, and why."},
             {KIND_VIDEO, "Videos", "/videos/", "Reports and explainers to watch."}};

const char *const subject_kind_paths[] = {"/opinion/", "/videos/", NULL};

bool subject_of_kind(str path, struct subject *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(path, str_of(kinds[i].path))) {
            *out = (struct subject){{LIST_KIND, kinds[i].kind},
                                    str_of(kinds[i].name),
                                    str_of(kinds[i].path),
                                    str_of(kinds[i].description),
                                    0};
            return true;
        }
    return false;
}

error subject_find(struct visit *v, struct subject *out, bool *found)
{
    struct path_target target;
    *found = str_eq(v->place.path, S("/"));
    if (*found) {
        *out = (struct subject){
            {LIST_ALL, 0}, v->publication.name, S("/"), v->publication.description, 0};
        return NULL;
    }
    try(path_find(v->work, v->place.path, &target, found));
    if (*found && str_eq(target.kind, S("section")))
        return of_section(v, target.target, out, found);
    if (*found && str_eq(target.kind, S("person")))
        return of_person(v, target.target, out, found);
    if (*found && str_eq(target.kind, S("topic")))
        return of_topic(v, target.target, out, found);
    *found = !*found && subject_of_kind(v->place.path, out);
    return NULL;
}
