import { S3Error } from './errors.mts';

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of an element without further ones in it. */
export const textOf = (xml: string, name: string): string | undefined =>
	new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1].replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);

/** The inner XML of each element of a name. */
export const allOf = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inner]) => inner);

/** @throws S3Error */
export function readTags(xml: string): Record<string, string> {
	if (!xml.includes('<TagSet')) throw new S3Error('MalformedXML');
	return Object.fromEntries(allOf(xml, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']));
}
