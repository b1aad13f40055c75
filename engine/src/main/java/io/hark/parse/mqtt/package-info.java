/// MQTT: who connects, publishes and subscribes.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.mqtt.MqttSession].
@NullMarked
package io.hark.parse.mqtt;

import org.jspecify.annotations.NullMarked;
