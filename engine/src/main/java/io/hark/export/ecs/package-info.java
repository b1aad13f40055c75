/// Elastic Common Schema: one object an event, dotted keys, in `ecs.json`.
///
/// Every kind of event comes out: what ECS has no field for is `hark.<kind>.<column>`. A kind whose
/// columns have names in ECS says so in one [io.hark.export.ecs.EcsMapping], which the build finds.
///
/// Sees the ground and the wall. Start with [io.hark.export.ecs.EcsPlan].
@NullMarked
package io.hark.export.ecs;

import org.jspecify.annotations.NullMarked;
