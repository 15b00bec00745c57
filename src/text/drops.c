// What cleaning left out, by kind, for reports.
// SPDX-License-Identifier: Apache-2.0
#include "text/drops.h"

str drop_name(enum drop drop)
{
    static const str names[DROPS] = {
        [DROP_SCRIPT] = S("scripts"),   [DROP_STYLE] = S("styles"),
        [DROP_FRAME] = S("frames"),     [DROP_CONTROL] = S("form controls"),
        [DROP_DRAWING] = S("drawings"), [DROP_LINK] = S("links"),
        [DROP_PICTURE] = S("pictures"), [DROP_PIXEL] = S("counting pixels"),
        [DROP_OTHER] = S("others"),
    };
    return drop < DROPS ? names[drop] : S("");
}
