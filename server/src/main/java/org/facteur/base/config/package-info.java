/// Settings: what the node file says, and what lies in the store.
///
/// The node file ([org.facteur.base.config.NodeFile]) says where to bind and who the node is;
/// nothing else. All else is a [org.facteur.base.config.Setting], declared once with default,
/// range, unit and prose in both languages, kept in the store and edited by command or page.
/// Unknown names are refused, with the line where they stand.
@NullMarked
package org.facteur.base.config;

import org.jspecify.annotations.NullMarked;
