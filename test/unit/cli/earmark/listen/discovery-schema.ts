/**
 * Home Assistant's schema of a device's discovery, from `homeassistant/components/mqtt/schemas.py`, `binary_sensor.py`
 * and `event.py` of its core: which fields there are, and which must be there. It refuses fields that it does not know.
 */
import * as v from 'valibot';

/** `valid_topic` of `util.py`, and no wildcards, because something is published there. */
const topic = v.pipe(v.string(), v.regex(/^[^\0+#]{1,65535}$/u));

const availability = {
  availability_topic: v.optional(topic),
  payload_available: v.optional(v.string()),
  payload_not_available: v.optional(v.string()),
};

/** `MQTT_ENTITY_COMMON_SCHEMA`. */
const entity = {
  ...availability,
  unique_id: v.string(),
  name: v.optional(v.string()),
  icon: v.optional(v.string()),
  entity_category: v.optional(v.picklist(['config', 'diagnostic'])),
  enabled_by_default: v.optional(v.boolean()),
  json_attributes_topic: v.optional(topic),
  state_topic: topic,
  qos: v.optional(v.picklist([0, 1, 2])),
};

const binarySensor = v.strictObject({
  ...entity,
  platform: v.literal('binary_sensor'),
  // Of `BinarySensorDeviceClass`, what can be meant here.
  device_class: v.optional(v.picklist(['sound', 'motion', 'occupancy', 'presence', 'problem', 'safety'])),
  expire_after: v.optional(v.number()),
  off_delay: v.optional(v.number()),
  payload_on: v.optional(v.string()),
  payload_off: v.optional(v.string()),
});

const event = v.strictObject({
  ...entity,
  platform: v.literal('event'),
  // Of `EventDeviceClass`.
  device_class: v.optional(v.picklist(['button', 'doorbell', 'motion'])),
  event_types: v.array(v.string()),
});

/** Only the platform: the component is removed. */
const removed = v.strictObject({ platform: v.picklist(['binary_sensor', 'event']) });

const device = v.strictObject({
  identifiers: v.pipe(v.array(v.string()), v.minLength(1)),
  name: v.optional(v.string()),
  manufacturer: v.optional(v.string()),
  model: v.optional(v.string()),
  sw_version: v.optional(v.string()),
});

const origin = v.strictObject({
  name: v.string(),
  sw_version: v.optional(v.string()),
  support_url: v.optional(v.pipe(v.string(), v.url())),
});

export const deviceDiscoverySchema = v.strictObject({
  ...availability,
  device,
  origin,
  qos: v.optional(v.picklist([0, 1, 2])),
  components: v.record(v.string(), v.union([removed, binarySensor, event])),
});

/** `TOPIC_MATCHER` of `discovery.py`. */
export const discoveryTopic = /^homeassistant\/device\/(?:[a-zA-Z0-9_-]+\/)?[a-zA-Z0-9_-]+\/config$/;
