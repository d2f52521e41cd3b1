/// What happens, as typed values: sinks make metrics and logs of them. No secrets, no contents.
@NullMarked
package org.facteur.base.event;

import org.jspecify.annotations.NullMarked;
