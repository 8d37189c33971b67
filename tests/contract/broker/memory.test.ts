import { describe } from 'vitest';
import { brokerKeepsTheContract } from './suite';

describe('a broker that remembers in its own memory', () => {
  brokerKeepsTheContract(() => ({ shared: false, config: {}, environment: {} }));
});
