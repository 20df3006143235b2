import { createHash } from 'node:crypto';

/** A label as a part of topics. */
export interface LabelTopic {
  readonly id: string;
  readonly name: string;
  /** The id, in letters, digits, `_` and `-`. */
  readonly slug: string;
}

/** What Home Assistant is told about. */
export interface DiscoveryParts {
  readonly node: string;
  readonly model: string;
  readonly version: string;
  /** Labels that are listened for, and the head's other ones. */
  readonly labels: readonly LabelTopic[];
  readonly otherLabels: readonly LabelTopic[];
}

/** The topics of a node. */
export function topicsOf(node: string): {
  status: string;
  events: string;
  listener: string;
  label(topic: LabelTopic): string;
} {
  return {
    status: `earmark/${node}/status`,
    events: `earmark/${node}/events`,
    listener: `earmark/${node}/listener`,
    label: ({ slug }) => `earmark/${node}/label/${slug}`,
  };
}

/** Labels with slugs, of which no two are the same. */
export function labelTopics(labels: readonly { readonly id: string; readonly name: string }[]): LabelTopic[] {
  return labels.map(({ id, name }) => {
    const safe = id.replaceAll(/[^\w-]/g, '_');
    const slug = safe === id ? id : `${safe}-${createHash('sha256').update(id).digest('hex').slice(0, 6)}`;
    return { id, name, slug };
  });
}

/**
 * Home Assistant's discovery of a whole device with one message (2024.11 or later): a binary sensor for each label, and
 * an entity that gets every event.
 *
 * A component of which only the platform is named is removed: a label that is no longer listened for.
 */
export function homeAssistantDiscovery({ node, model, version, labels, otherLabels }: DiscoveryParts): {
  topic: string;
  payload: object;
} {
  const topics = topicsOf(node);
  const device = `earmark_${node}`;
  const sensors = labels.map((label) => [
    `label-${label.slug}`,
    {
      platform: 'binary_sensor',
      // With slashes, which no name has: joined by “_”, “a” with “b_events” would be “a_label_b” with its events.
      unique_id: topics.label(label),
      name: label.name,
      device_class: 'sound',
      state_topic: topics.label(label),
      payload_on: 'ON',
      payload_off: 'OFF',
    },
  ]);
  const removed = otherLabels.map(({ slug }) => [`label-${slug}`, { platform: 'binary_sensor' }]);
  const events = {
    platform: 'event',
    unique_id: topics.events,
    name: 'Events',
    state_topic: topics.events,
    event_types: ['start', 'end'],
  };
  return {
    topic: `homeassistant/device/${device}/config`,
    payload: {
      device: { identifiers: [device], name: `Earmark ${node}`, manufacturer: 'Earmark', model, sw_version: version },
      origin: { name: 'Earmark', sw_version: version },
      availability_topic: topics.status,
      payload_available: 'online',
      payload_not_available: 'offline',
      qos: 1,
      components: { ...Object.fromEntries([...sensors, ...removed]), events },
    },
  };
}
