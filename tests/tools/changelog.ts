import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/*
 * Writes what changed since the last tag, as the commits tell it, on top of CHANGELOG.md and, for
 * the release alone, into .output/notes.md.
 */
const titles: Readonly<Record<string, string>> = { feat: 'New', fix: 'Mended', perf: 'Faster' };
const file = 'CHANGELOG.md';
const heading = '# Changelog\n';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const today = new Date().toISOString().slice(0, 10);
const notes = sections(commitsSinceLastTag());
const before = existsSync(file) ? readFileSync(file, 'utf8').replace(heading, '') : '';
writeFileSync(file, `${heading}\n## ${version} · ${today}\n\n${notes}${before}`);
mkdirSync('.output', { recursive: true });
writeFileSync('.output/notes.md', notes);

function commitsSinceLastTag(): readonly string[] {
  const tag = git('tag', '--sort=-v:refname', '--list', 'v*').split('\n')[0] ?? '';
  const range = tag === '' ? 'HEAD' : `${tag}..HEAD`;
  return git('log', '--reverse', '--format=%s', range).split('\n');
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

/** Only what a reader would notice; each as `room: what`. */
function sections(subjects: readonly string[]): string {
  const commits = subjects.map((subject) =>
    /^(?<type>\w+)(?:\((?<room>[^)]+)\))?!?: (?<what>.+)$/u.exec(subject),
  );
  return Object.entries(titles)
    .map(([type, title]) => {
      const lines = commits
        .filter((commit) => commit?.groups?.['type'] === type)
        .map((commit) => {
          const { room, what } = commit?.groups ?? {};
          return room === undefined ? `- ${what}` : `- ${room}: ${what}`;
        });
      return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}\n\n`;
    })
    .join('');
}
