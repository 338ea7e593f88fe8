/** A value of the profile that a person can type: what stands between braces has parts of its own. */
export type Literal = string | number | boolean;
export type Parts = Record<string, Literal>;

/** As TOML spells it. JSON's escapes are TOML's, but for the one character that JSON leaves alone. */
export function literal(value: Literal): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

export function table(parts: Parts): string {
  const written = Object.entries(parts).map(([key, value]) => `${bare(key)} = ${literal(value)}`);
  return written.length > 0 ? `{ ${written.join(', ')} }` : '{}';
}

const bare = (key: string) => (/^[\w-]+$/.test(key) ? key : literal(key));

/** What a person typed: a number where the value is one or can be one, else a text. */
export function typed(words: string, before: string | null): string {
  const wasText = before !== null && /^\s*["']/.test(before);
  const number = /^-?(0|[1-9]\d{0,14})$/.test(words);
  return number && !wasText ? words : literal(words);
}

/** Reads `"text"`, `'text'`, `100`, `true`; `null` for anything else. */
export function readLiteral(toml: string): Literal | null {
  const scan = new Scan(toml.trim());
  const value = scan.value();
  return value !== null && scan.done ? value : null;
}

/** Reads `{ name = "page", value = 100 }`; `null` where it is no table of plain values. */
export function readTable(toml: string): Parts | null {
  return new Scan(toml.trim()).table();
}

class Scan {
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  value(): Literal | null {
    const basic = this.#take(/"(?:[^"\\\n]|\\.)*"/y);
    if (basic !== null) return unescaped(basic);
    const plain = this.#take(/'[^'\n]*'/y);
    if (plain !== null) return plain.slice(1, -1);
    const number = this.#take(/[-+]?\d+/y);
    if (number !== null) return Number(number);
    const truth = this.#take(/true|false/y);
    return truth === null ? null : truth === 'true';
  }

  table(): Parts | null {
    if (this.#take(/\{\s*/y) === null) return null;
    const parts: Parts = {};
    while (this.#take(/\}/y) === null) {
      const key = this.#take(/[\w-]+/y) ?? this.value();
      if (key === null || this.#take(/\s*=\s*/y) === null) return null;
      const value = this.value();
      if (value === null) return null;
      parts[String(key)] = value;
      if (this.#take(/\s*,\s*/y) === null && this.#take(/\s*(?=\})/y) === null) return null;
    }
    return this.done ? parts : null;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return null;
    this.#at += found[0].length;
    return found[0];
  }
}

function unescaped(basic: string): string | null {
  try {
    const eight = basic.replace(/\\U0*([0-9a-fA-F]{1,6})/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
    return JSON.parse(eight.replace(/\\e/g, '\\u001b').replaceAll('\t', '\\t')) as string;
  } catch {
    return null;
  }
}
