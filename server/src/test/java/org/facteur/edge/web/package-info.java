/// Tests of the pages.
@NullMarked
package org.facteur.edge.web;

import org.jspecify.annotations.NullMarked;
