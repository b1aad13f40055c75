/// The page of a case, `report.html`: what happened, with pictures, in one file that loads nothing.
///
/// Sees what the sensor has summed up, and the events in it; never the case's files. All text goes
/// through [io.hark.report.Markup], which is the only one that writes markup. Start with
/// [io.hark.report.CaseReport], which has the order of the parts; each part is one file.
@NullMarked
package io.hark.report;

import org.jspecify.annotations.NullMarked;
