import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  homeAssistantDiscovery,
  labelTopics,
  topicsOf,
} from '../../../../../cli/earmark/listen/outputs/home-assistant';
import { deviceDiscoverySchema, discoveryTopic } from './discovery-schema';

const labels = labelTopics([
  { id: 'dog', name: 'Dog' },
  { id: 'crying_baby', name: 'Crying baby' },
]);
const parts = { node: 'kitchen', model: 'earmark-52', version: '1.0.0', labels, otherLabels: [] };

describe('the discovery', () => {
  it('fits the schema of Home Assistant', () => {
    const { topic, payload } = homeAssistantDiscovery(parts);
    expect(topic).toBe('homeassistant/device/earmark_kitchen/config');
    expect(topic).toMatch(discoveryTopic);
    expect(v.parse(deviceDiscoverySchema, payload).components).toMatchObject({
      'label-dog': { state_topic: 'earmark/kitchen/label/dog', name: 'Dog', unique_id: 'earmark/kitchen/label/dog' },
      'label-crying_baby': { state_topic: 'earmark/kitchen/label/crying_baby' },
      events: { state_topic: 'earmark/kitchen/events', event_types: ['start', 'end'] },
    });
  });

  it('removes labels that are no longer listened for', () => {
    const [dog, baby] = labels;
    const { payload } = homeAssistantDiscovery({ ...parts, labels: dog ? [dog] : [], otherLabels: baby ? [baby] : [] });
    const { components } = v.parse(deviceDiscoverySchema, payload);
    expect(components['label-crying_baby']).toEqual({ platform: 'binary_sensor' });
    expect(components['label-dog']).toHaveProperty('state_topic');
  });

  it('of two nodes shares no id and no topic, however their names and labels end', () => {
    const ids = ['b', 'c', 'b_c', 'b_label_c', 'b_events', 'events', 'label_c'].map((id) => ({ id, name: id }));
    const told = ['a', 'a_b', 'a_label_b', 'a_label'].map((node) => {
      const { topic, payload } = homeAssistantDiscovery({ ...parts, node, labels: labelTopics(ids) });
      const { components, device } = v.parse(deviceDiscoverySchema, payload);
      const entities = Object.values(components) as { unique_id: string; state_topic: string }[];
      return { topics: [topic, ...entities.map((entity) => entity.state_topic)], ids: entities, device };
    });
    const topics = told.flatMap((node) => node.topics);
    const unique = told.flatMap((node) => node.ids.map(({ unique_id }) => unique_id));
    expect(new Set(topics).size).toBe(topics.length);
    expect(new Set(unique).size).toBe(4 * (ids.length + 1));
    expect(new Set(told.flatMap(({ device }) => device.identifiers)).size).toBe(4);
  });

  it('makes topics of any label, and never the same of two', () => {
    const ids = ['Tür', 'T_r', 'a/b', 'a+b', 'a#b', 'dog', ' ', 'events'];
    const topics = labelTopics(ids.map((id) => ({ id, name: id })));
    expect(topics.find(({ id }) => id === 'dog')?.slug).toBe('dog');
    for (const { slug } of topics) expect(slug).toMatch(/^[\w-]+$/);
    expect(new Set(topics.map(topicsOf('n').label)).size).toBe(ids.length);
    const { payload } = homeAssistantDiscovery({ ...parts, labels: topics });
    expect(Object.keys(v.parse(deviceDiscoverySchema, payload).components)).toHaveLength(ids.length + 1);
  });
});
