/**
 * Where labs run: places, worlds and lab hosts; the sandbox built of Linux namespaces; the only package that starts processes.
 *
 * <p>Knows the kernel's tools and Commons Exec. Must not know labs' content, progress or terminals.
 */
package dev.drydock.engine.host;
