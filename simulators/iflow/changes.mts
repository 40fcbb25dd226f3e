import type { Context } from './context.mts';
import { conflict } from './errors.mts';
import { slugOf } from './names.mts';
import type { Entity } from './records.mts';

type Kind = 'orders' | 'subjects' | 'samples';

/** Gives an entity another display id; throws ApiError 409 when it is taken, or the entity has files already (contract, section 6.2). */
export function rename({ state, storage }: Context, kind: Kind, entity: Entity, displayId: string): void {
	if (displayId === entity.displayId) return;
	state.checkDisplayId(kind, entity.projectId, displayId, entity);
	const project = state.projects.get(entity.projectId)!;
	if (storage.objects.below(project, `${kind}/${slugOf(entity.displayId)}/`).length > 0) throw conflict('It has files already and cannot be renamed');
	entity.displayId = displayId;
}

/** Changes what a PATCH names of a subject or a sample; properties key by key, or whole. */
export function change(context: Context, kind: Kind, entity: Entity, { displayId, tags, properties }: { displayId?: string; tags?: string[] | null; properties?: Record<string, unknown> | null }): void {
	const { state } = context;
	if (displayId) rename(context, kind, entity, displayId);
	if (tags !== undefined) entity.tags = tags ?? [];
	if (properties !== undefined) entity.properties = state.settings.patchProperties === 'merge' ? { ...entity.properties, ...properties } : (properties ?? {});
	state.touch(entity);
}
