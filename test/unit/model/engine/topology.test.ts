import { describe, expect, it } from 'vitest';
import { type LayerEntry, SQUEEZE_EXCITE, stepsOf } from '../../../../src/model/engine/topology';

/** An entry as TensorFlow.js saves it. */
function entry(class_name: string, name: string, inputs: readonly string[], config: object = {}): LayerEntry {
  const nodes = inputs.map((input) => [input, 0, 0, {}] as const);
  const shape = { kernel_size: [1, 1], strides: [1, 1], activation: 'linear' };
  return { class_name, config: { ...shape, ...config, name }, inbound_nodes: [nodes] } as unknown as LayerEntry;
}

const conv = (name: string, input: string, config?: object): LayerEntry => entry('Conv2D', name, [input], config);
const gate = (name: string, input: string): LayerEntry =>
  entry('Activation', name, [input], { activation: 'hard_sigmoid' });

/** Kind, name and inputs of each step. */
const told = (...entries: LayerEntry[]): string[] =>
  stepsOf(entries).map(
    ({ kind, name, inputs, isSwish }) =>
      `${typeof kind === 'symbol' ? kind.description : kind}${isSwish ? '+swish' : ''} ${name}(${inputs.join(', ')})`,
  );

describe('one step computes together', () => {
  it('a convolution, the zeros before it, and the hard-swish of it', () => {
    const pad = entry('ZeroPadding2D', 'pad', ['x'], {
      padding: [
        [1, 2],
        [0, 3],
      ],
    });
    const steps = stepsOf([pad, conv('c', 'pad'), gate('g', 'c'), entry('Multiply', 's', ['c', 'g'])]);
    expect(steps).toMatchObject([{ kind: 'Conv2D', name: 's', inputs: ['x'], isSwish: true, config: { name: 'c' } }]);
    expect(steps[0]?.padding).toEqual(pad.config.padding);
    expect(
      told(entry('DepthwiseConv2D', 'd', ['x']), gate('g', 'd'), entry('Multiply', 's', ['d', 'g']), conv('c', 's')),
    ).toEqual(['DepthwiseConv2D+swish s(x)', 'Conv2D c(s)']);
  });

  it('a convolution of single pixels and what is added to it', () => {
    expect(told(conv('a', 'x'), conv('b', 'a'), entry('Add', 'sum', ['b', 'a']), conv('c', 'sum'))).toEqual([
      'Conv2D a(x)',
      'Conv2D sum(a, a)',
      'Conv2D c(sum)',
    ]);
    // Of two, the later one takes the other's result.
    expect(told(conv('a', 'x'), conv('b', 'x'), entry('Add', 'sum', ['a', 'b']))).toEqual([
      'Conv2D a(x)',
      'Conv2D sum(x, a)',
    ]);
  });

  it('a dense layer between two permutations that exchange time and channels', () => {
    const permute = (name: string, input: string): LayerEntry => entry('Permute', name, [input], { dims: [3, 2, 1] });
    const dense = entry('Dense', 'd', ['p'], { units: 4 });
    expect(told(permute('p', 'x'), dense, permute('q', 'd'), conv('c', 'q'))).toEqual([
      'TimeProduct q(x)',
      'Conv2D c(q)',
    ]);
    const other = entry('Permute', 'q', ['d'], { dims: [2, 1, 3] });
    expect(told(permute('p', 'x'), dense, other)).toEqual(['Permute p(x)', 'Dense d(p)', 'Permute q(d)']);
  });

  it('a squeeze and excitation', () => {
    const squeeze = [
      entry('AveragePooling2D', 'm', ['x']),
      conv('s', 'm', { activation: 'relu' }),
      conv('e', 's', { activation: 'sigmoid' }),
    ];
    const steps = stepsOf([...squeeze, entry('Multiply', 'out', ['x', 'e'])]);
    expect(steps).toMatchObject([{ kind: SQUEEZE_EXCITE, name: 'out', inputs: ['x'] }]);
    expect(steps[0]?.gates?.map(({ name }) => name)).toEqual(['m', 's', 'e']);
    // Gates of other values are none of their own.
    expect(told(...squeeze, entry('Multiply', 'out', ['y', 'e']))).toHaveLength(4);
  });
});

describe('apart stays', () => {
  it('what another layer reads as well', () => {
    const swish = [conv('c', 'x'), gate('g', 'c'), entry('Multiply', 's', ['c', 'g'])];
    expect(told(...swish, entry('Add', 'sum', ['s', 'c']))).toEqual(['Conv2D c(x)', 'HardSwish s(c)', 'Add sum(s, c)']);
    expect(told(conv('a', 'x'), entry('Add', 'sum', ['a', 'x']), conv('c', 'a'))).toEqual([
      'Conv2D a(x)',
      'Add sum(a, x)',
      'Conv2D c(a)',
    ]);
    expect(told(conv('a', 'x'), entry('Add', 'sum', ['a', 'a']))).toEqual(['Conv2D a(x)', 'Add sum(a, a)']);
  });

  it('what comes after an activation of the convolution', () => {
    expect(told(conv('c', 'x', { activation: 'relu' }), entry('Add', 'sum', ['c', 'x']))).toHaveLength(2);
    const relu = conv('c', 'x', { activation: 'relu' });
    expect(told(relu, gate('g', 'c'), entry('Multiply', 's', ['c', 'g']))).toEqual(['Conv2D c(x)', 'HardSwish s(c)']);
  });

  it('a convolution of several pixels and what is added: in a stream, it reads columns that came before', () => {
    const wide = conv('c', 'x', { kernel_size: [3, 3] });
    expect(told(wide, entry('Add', 'sum', ['c', 'x']))).toEqual(['Conv2D c(x)', 'Add sum(c, x)']);
  });

  it('the embedding', () => {
    expect(told(conv('embedding', 'x'), entry('Add', 'sum', ['embedding', 'x']))).toEqual([
      'Conv2D embedding(x)',
      'Add sum(embedding, x)',
    ]);
  });
});
