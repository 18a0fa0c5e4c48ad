/**
 * What the Debian package has and a clone has not: manual pages. Never installed.
 *
 * <p>Knows the command's model and picocli's generator. Must not know the engine, nor how the package is laid out.
 */
package dev.drydock.deb;
