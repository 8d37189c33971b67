/**
 * The wire between the extension and a broker, shared by both sides. No Node, no DOM, no words for
 * a reader: whoever reads an answer with these schemas writes the sentence itself.
 */
export * from './contract/discovery';
export * from './contract/health';
export * from './contract/plain';
export * from './contract/problem';
export * from './contract/quota';
export * from './contract/reading';
export * from './contract/session';
export * from './contract/wire';
