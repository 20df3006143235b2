import { describe, expect, it } from 'vitest';
import { parseListenArguments } from '../../../../../cli/earmark/listen/listen-arguments';

describe('the arguments of earmark listen', () => {
  it('are taken', () => {
    const command = parseListenArguments([
      'alsa:default',
      ...['--node', 'front-door_2', '--mqtt', 'mqtts://broker:8883', '--webhook', 'https://example.org/hook'],
      ...['--prometheus', '0.0.0.0:9464', '--clips', 'clips', '--clips-size', '1.5G', '--labels', 'dog, cat'],
    ]);
    expect(command).toMatchObject({
      source: 'alsa:default',
      node: 'front-door_2',
      mqttUrl: 'mqtts://broker:8883',
      webhookUrl: 'https://example.org/hook',
      prometheus: { host: '0.0.0.0', port: 9464 },
      clips: { folder: 'clips', mostBytes: 1_500_000_000 },
    });
  });

  it('have defaults: a name that fits topics, figures for this machine alone, a gigabyte', () => {
    const { node, prometheus, clips } = parseListenArguments(['-', '--prometheus', '9464', '--clips', 'clips']);
    expect(node).toMatch(/^[\w-]+$/);
    expect(prometheus).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(clips?.mostBytes).toBe(1e9);
    expect(parseListenArguments(['-', '--prometheus', '[::1]:9464']).prometheus).toEqual({ host: '::1', port: 9464 });
  });

  it.each([
    [[], /name one source/],
    [['a', 'b'], /name one source/],
    [['-', '--node', 'kitchen/1'], /--node takes up to 64 letters, digits, _ and -/],
    [['-', '--mqtt', 'broker'], /--mqtt needs an address that begins with mqtt:\/\/, mqtts:\/\/, ws:\/\/, wss:\/\//],
    [['-', '--mqtt', 'http://broker'], /--mqtt needs an address/],
    [['-', '--webhook', 'mqtt://broker'], /--webhook needs an address that begins with http:\/\/, https:\/\//],
    [['-', '--prometheus', 'metrics'], /--prometheus needs a port, or HOST:PORT/],
    [['-', '--prometheus', '99999'], /--prometheus needs a port/],
    [['-', '--clips', 'clips', '--clips-size', 'much'], /--clips-size needs a size, such as 500M or 2G/],
    [['-', '--clips', 'clips', '--clips-size', '0'], /--clips-size needs a size/],
    [['-', '--clips-size', '1G'], /--clips-size needs --clips/],
  ] as const)('%j are refused', (args, message) => {
    expect(() => parseListenArguments(args)).toThrow(message);
  });
});
