import type { ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { think, type Asked, type Line } from './brain';
import type { PersoKnobs } from './knobs';

/** Endpoint 6 once it is accepted: the answer, line by line. Every line ends with one newline. */
export async function answer(
  knobs: PersoKnobs,
  asked: Asked,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.flushHeaders();
  const write = (line: Line | object) =>
    response.write(`data: ${JSON.stringify({ status: 'success', ...line })}\n`);
  const pause = (ms = knobs.paceMs) => after(ms, undefined, { signal });
  if (knobs.thinks > 0) await pause(knobs.thinks);
  const say = (content: string) => write({ type: 'message', role: 'assistant', content });
  switch (knobs.llm) {
    case 'silent':
      return;
    case 'fails':
      say('Well.');
      await pause();
      response.end('data: {"status":"fail","reason":"the model fell over"}\n');
      return;
    case 'cut':
      say('I was about to say something.');
      await after(100);
      response.destroy();
      return;
    case 'hangs':
      say('I was about to say something.');
      return;
    case 'malformed':
      say('Well.');
      response.end('data: {"status":"succ\n');
      return;
    case 'endless':
      for (let nth = 1; ; nth += 1) {
        say(`And this is sentence ${nth} of many more. `);
        await pause();
      }
    case 'loops':
      write({
        type: 'tool_call',
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: 'call', type: 'function', function: { name: 'read_page', arguments: '{}' } },
        ],
      });
      response.end('data: {"status":"success","type":"end"}\n');
      return;
    case 'split': {
      const line = {
        status: 'success',
        type: 'message',
        role: 'assistant',
        content: 'Größe 漢字.',
      };
      for (const byte of Buffer.from(`data: ${JSON.stringify(line)}\n`)) {
        response.write(Buffer.of(byte));
        await after(1);
      }
      response.end('data: {"status":"success","type":"end"}\n');
      return;
    }
    case 'huge':
      say('A great many words. '.repeat(50_000));
      response.end('data: {"status":"success","type":"end"}\n');
      return;
    case 'empty':
      response.end('data: {"status":"success","type":"end"}\n');
      return;
    case 'blank':
    case 'events':
    case 'unfinished':
    case 'answers':
    case 'refuses':
    case 'wordless':
    case 'quota':
    case 'html':
    case 'drops':
      break;
  }
  const lines = knobs.answer === null ? think(asked) : fixed(knobs.answer);
  for (const [nth, line] of lines.entries()) {
    if (knobs.llm === 'unfinished' && lines[nth + 1]?.type === 'end') {
      response.end(`data: ${JSON.stringify({ status: 'success', ...line })}`);
      return;
    }
    if (knobs.llm === 'events') response.write(': alive\nevent: message\nid: 1\nretry: 1000\n');
    write(line);
    if (knobs.llm === 'blank' || knobs.llm === 'events') response.write('\n');
    await pause();
  }
  response.end(knobs.llm === 'events' ? 'data: [DONE]\n\n' : undefined);
}

function fixed(text: string): Line[] {
  const pieces = text.split(/(?<=[.!?])(?=\s)/u);
  return [
    ...pieces.map((content): Line => ({ type: 'message', role: 'assistant', content })),
    { type: 'end' },
  ];
}
