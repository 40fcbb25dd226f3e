import { flag, number, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { toolId } from '../../fields';

const resolver = {
	index: number('Resolver Index', { min: 0, whole: true, description: 'Which of the resolvers of the server does it, counted from 0; the first one when left empty' }),
	resolverType: text('Resolver Type', { placeholder: 'e.g. conda', description: 'The kind of resolver that does it' }),
};

const forceRebuild = flag('Force Rebuild', { description: 'Whether to delete the cache first' });

export const getRequirements = request({
	name: 'Get Requirements',
	action: 'Get requirements of tool',
	description: 'Retrieve the software that a tool needs, and whether the server has it, administrators only',
	request: 'GET api/tools/{+toolId}/requirements',
	fields: { toolId },
});

export const getAllRequirements = request({
	name: 'Get All Requirements',
	action: 'Get requirements of all tools',
	description: 'Retrieve the software that the tools of the server need, administrators only',
	request: 'GET api/tools/all_requirements',
	fields: {},
});

export const installDependencies = request({
	name: 'Install Dependencies',
	action: 'Install dependencies of tool',
	description: 'Put the software that a tool needs onto the server, administrators only. It may take long: raise "Timeout" in the options.',
	request: 'POST api/tools/{+toolId}/dependencies',
	fields: { toolId, buildDependencyCache: flag('Build Dependency Cache', { description: 'Whether to make a cache of the software, too' }), forceRebuild, ...resolver },
});

export const uninstallDependencies = request({
	name: 'Uninstall Dependencies',
	action: 'Uninstall dependencies of tool',
	description: 'Remove the software that a tool needs from the server, administrators only',
	request: 'DELETE api/tools/{+toolId}/dependencies',
	destructive: true,
	fields: { toolId, ...resolver },
});

export const buildDependencyCache = request({
	name: 'Build Dependency Cache',
	action: 'Build dependency cache of tool',
	description: 'Make a cache of the software that a tool needs, administrators only',
	request: 'POST api/tools/{+toolId}/build_dependency_cache',
	fields: { toolId, forceRebuild },
});

export const getDiagnostics = request({
	name: 'Get Diagnostics',
	action: 'Get diagnostics of tool',
	description: 'Retrieve where a tool comes from and how its software is found, administrators only',
	request: 'GET api/tools/{+toolId}/diagnostics',
	fields: { toolId },
});

export const reload = request({
	name: 'Reload',
	action: 'Reload tool',
	description: 'Let the server read the definition of a tool anew, administrators only',
	request: 'PUT api/tools/{+toolId}/reload',
	fields: { toolId },
	unwrap: ({ message }: { message: object }) => message,
});
