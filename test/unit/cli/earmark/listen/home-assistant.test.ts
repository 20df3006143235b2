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
      'label-dog': { state_topic: 'earmark/kitchen/label/dog', name: 'Dog', unique_id: 'earmark_kitchen_label_dog' },
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
