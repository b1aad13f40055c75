@NullMarked
package io.hark.packets;

import org.jspecify.annotations.NullMarked;
