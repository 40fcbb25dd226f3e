import type { Clock } from '../../shared/clock.mts';
import { S3Error } from './errors.mts';
import type { StoredObject } from './objects.mts';
import { textOf } from './xml.mts';

const DAY_MS = 24 * 3_600_000;
// the tag with which Explorer's users send an object to the deep archive (vendor's client)
const [TAG, DEEP] = ['Archive', 'DEEP_ARCHIVE'];

/** Where an object lies. The tag sends it to the deep archive, in the real world after a day, here at once. */
export const storageClass = ({ tags }: StoredObject): string => (tags[TAG] === DEEP ? DEEP : 'STANDARD');

/** Whether an object lies in the archive and cannot be read. */
export const isFrozen = (object: StoredObject, clock: Clock): boolean => storageClass(object) === DEEP && !((object.restored?.until ?? 0) > clock.now());

/**
 * Brings an object back for some days, at once.
 *
 * @param xml `<RestoreRequest>` with days and tier
 * @returns the status of the answer: 202 when it comes back now, 200 when only its days are counted anew
 */
export function restore(object: StoredObject, xml: string, clock: Clock): number {
	if (storageClass(object) !== DEEP) throw new S3Error('InvalidObjectState');
	const days = Number(textOf(xml, 'Days'));
	if (!(days >= 1)) throw new S3Error('MalformedXML');
	const status = isFrozen(object, clock) ? 202 : 200;
	object.restored = { until: clock.now() + days * DAY_MS };
	return status;
}

/** The header that tells of a restore. */
export function restoreHeader(object: StoredObject, clock: Clock): Record<string, string> {
	if (object.restored === null || isFrozen(object, clock)) return {};
	return { 'x-amz-restore': `ongoing-request="false", expiry-date="${new Date(object.restored.until).toUTCString()}"` };
}
