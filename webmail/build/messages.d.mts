export function typeset(text: string, language: string): string;
export function compile(sentences: Record<string, string>, language: string): string;
export function differences(all: Record<string, Record<string, string>>): string[];
